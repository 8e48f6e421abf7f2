import { constantPart, sizeOfParts, type Compiled, type Scope } from './scope.ts';
import type { ListNode, LiteralNode, MapNode, Node } from './syntax.ts';
import { anything, boolean, integer, joined, listOf, nothing, text, typeInWords, type Type } from './types.ts';
import { Failure, isTrouble, stumble, type MapKey, type Outcome, type Value } from './value.ts';
import type { Frame } from './frame.ts';

/** A text, number, `true`, `false` or `null`. */
export function compileLiteral({ value, type, start }: LiteralNode): Compiled {
  return constantPart(type === 'null' ? nothing : { kind: type }, value, start);
}

/** `[a, b]` */
export function compileList({ elements, start }: ListNode, scope: Scope): Compiled {
  const parts = elements.map((element) => scope.compile(element));
  const type = listOf(commonType(parts));
  const constants = constantsOf(parts);
  if (constants !== undefined) return constantPart(type, constants, start);
  const run = (frame: Frame): Outcome => {
    const list: Value[] = [];
    for (const part of parts) {
      const value = part.run(frame);
      if (isTrouble(value)) return value;
      list.push(value);
    }
    return list;
  };
  return { type, run, start, size: sizeOfParts(parts) };
}

/** `{"key": value}` */
export function compileMap({ entries, start }: MapNode, scope: Scope): Compiled {
  const keys = entries.map(({ key }) => compileKey(key, scope));
  const values = entries.map(({ value }) => scope.compile(value));
  const type: Type = { kind: 'map', key: commonType(keys), value: commonType(values) };
  const parts = entries.flatMap((_, index) => [keys[index], values[index]]).filter((part) => part !== undefined);
  refuseRepeatedKeys(keys, scope);
  const run = (frame: Frame): Outcome => {
    const map = new Map<MapKey, Value>();
    for (const [index, keyPart] of keys.entries()) {
      const key = keyPart.run(frame);
      const value = values[index]?.run(frame) ?? null;
      if (isTrouble(key)) return key;
      if (isTrouble(value)) return value;
      if (key === null) return stumble;
      if (!isMapKey(key)) return new Failure('the key of a map is no text, integer, true or false');
      if (map.has(key)) return new Failure('a map has the same key twice');
      map.set(key, value);
    }
    return map;
  };
  if (constantsOf(parts) === undefined) return { type, run, start, size: sizeOfParts(parts) };
  const map = new Map<MapKey, Value>();
  for (const [index, { constant: key }] of keys.entries()) if (isMapKey(key)) map.set(key, values[index]?.constant ?? null);
  return constantPart(type, map, start);
}

function compileKey(node: Node, scope: Scope): Compiled {
  const key = scope.compile(node);
  if ([text, integer, boolean, anything].some(({ kind }) => kind === key.type.kind)) return key;
  const message = `The key of a map is a text, an integer, \`true\` or \`false\`, not ${typeInWords(key.type)}.`;
  return scope.refuse(key.start, message, 'Write such as `{"key": "value"}`.');
}

function refuseRepeatedKeys(keys: readonly Compiled[], scope: Scope): void {
  const seen = new Set<Value>();
  for (const { constant, start } of keys) {
    if (constant === undefined) continue;
    if (seen.has(constant)) scope.refuse(start, 'The map has this key already.', 'Keep one of them.');
    seen.add(constant);
  }
}

/** Whether a value can be the key of a map. */
export function isMapKey(value: Value | undefined): value is MapKey {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value);
}

function commonType(parts: readonly Compiled[]): Type {
  const [first, ...others] = parts;
  return first === undefined ? anything : others.reduce((type, part) => joined(type, part.type), first.type);
}

function constantsOf(parts: readonly Compiled[]): readonly Value[] | undefined {
  const constants: Value[] = [];
  for (const { constant } of parts) {
    if (constant === undefined) return undefined;
    constants.push(constant);
  }
  return constants;
}
