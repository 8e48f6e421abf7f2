import { closest } from '../closest.ts';
import { askedByName, directoryUser, isFault, propertyOf, readableNames } from '../graph-user/index.ts';
import { reserve } from '../reserved.ts';
import type { Frame } from './frame.ts';
import { foreignFunctions } from './functions.ts';
import { isMapKey } from './literals.ts';
import { sizeOfParts, type Compiled, type Scope } from './scope.ts';
import type { IndexNode, NameNode, SelectNode } from './syntax.ts';
import { anything, boolean, comparable, typeInWords, typeOfGraph, type Type } from './types.ts';
import {
  Failure,
  isDirectoryObject,
  isList,
  isMap,
  isTrouble,
  propertyOrNull,
  stumble,
  valueInWords,
  valueOf,
  type Outcome,
  type Value,
} from './value.ts';
import { capitalized, didYouMean, shown } from './wording.ts';

const user: Type = { kind: 'object', object: directoryUser };
const noSuchKey = new Failure('a map has no such key');

/** `user`, or the variable of a macro. */
export function compileName({ name, start }: NameNode, scope: Scope): Compiled {
  if (name === scope.variable?.name) return { type: scope.variable.type, run: (frame) => frame.element, start, size: 1 };
  if (name === 'user') return { type: user, run: (frame) => frame.user, start, size: 1 };
  const message = `${shown(name)} means nothing here.`;
  return scope.refuse(start, message, hintForName(name, scope));
}

function hintForName(name: string, scope: Scope): string {
  if (directoryUser.properties.has(name)) return `Write \`user.${name}\`.`;
  const variables = ['user', ...(scope.variable === undefined ? [] : [scope.variable.name])];
  const near = didYouMean(name, variables);
  if (near !== undefined) return near;
  // Of short names any is close to some property: `IT` to `id`.
  const property = name.length > 3 ? closest(name, readableNames()) : undefined;
  return property === undefined ? `A text stands in quotes: \`"${name}"\`.` : `Did you mean \`user.${property}\`?`;
}

/** `object.property`. A property of null is null. */
export function compileSelect(node: SelectNode, scope: Scope): Compiled {
  const { property, at, start } = node;
  const object = scope.compile(node.object);
  const type = typeOfProperty(object, node, scope);
  if (type === undefined) return { type: anything, run: () => stumble, start, size: 1 };
  if (object.type === user) return { type, run: ({ user: whole }) => propertyOrNull(whole, property), start, size: 1 };
  const run = (frame: Frame): Outcome => select(object.run(frame), property);
  return scope.folded({ type, run, start, size: object.size + 1 }, [object], at);
}

/** The type of what is selected; `undefined` where the fault has been told. */
function typeOfProperty({ type }: Compiled, { property, at }: SelectNode, scope: Scope): Type | undefined {
  if (type.kind === 'any') return anything;
  if (type.kind === 'map') return type.value;
  if (type.kind !== 'object') {
    scope.refuse(at, `${shown(property)} is no property: ${typeInWords(type)} stands before it.`, hintForProperty(property, type));
    return undefined;
  }
  const found = propertyOf(type.object, property);
  const prefix = askedByName.get(type.object);
  if (prefix !== undefined) scope.noteProperty(`${prefix}${property}`, at);
  if (!isFault(found)) return typeOfGraph(found);
  scope.refuse(at, found.message, found.hint);
  return undefined;
}

function hintForProperty(property: string, type: Type): string {
  const meant = foreignFunctions.get(property) ?? property;
  if (meant === 'size') return 'The size is written `.size()`.';
  return type.kind === 'list' ? `Name one element, such as \`[0].${property}\`.` : `Functions have parentheses: \`.${meant}()\`.`;
}

function select(object: Outcome, property: string): Outcome {
  if (isTrouble(object)) return object;
  if (object === null) return null;
  if (isMap(object)) return object.get(property) ?? (object.has(property) ? null : noSuchKey);
  if (isDirectoryObject(object)) return propertyOrNull(object, property);
  return new Failure(`${valueInWords(object)} has no property \`${property}\``);
}

/** `has(object.property)`: whether there is such a key, or a property that is not null. */
export function compileHas(node: SelectNode, start: number, scope: Scope): Compiled {
  const object = scope.compile(node.object);
  typeOfProperty(object, node, scope);
  const run = (frame: Frame): Outcome => {
    const whole = object.run(frame);
    if (isMap(whole)) return whole.has(node.property);
    const value = select(whole, node.property);
    return isTrouble(value) ? value : value !== null;
  };
  return { type: boolean, run, start, size: object.size + 1 };
}

/** `list[index]` and `map[key]`. */
export function compileIndex({ list: listNode, index: indexNode, at, start }: IndexNode, scope: Scope): Compiled {
  const list = scope.compile(listNode);
  const index = scope.compile(indexNode);
  const type = typeOfElement(list.type, index, at, scope);
  if (type === undefined) return { type: anything, run: () => stumble, start, size: 1 };
  const run = (frame: Frame): Outcome => {
    const whole = list.run(frame);
    const place = index.run(frame);
    if (isTrouble(whole)) return whole;
    return isTrouble(place) ? place : elementAt(whole, place);
  };
  return scope.folded({ type, run, start, size: sizeOfParts([list, index]) }, [list, index], index.start);
}

/** The type of what is indexed; `undefined` where the fault has been told. */
function typeOfElement(type: Type, index: Compiled, at: number, scope: Scope): Type | undefined {
  const given = typeInWords(index.type);
  switch (type.kind) {
    case 'any':
      return anything;
    case 'map':
      if (comparable(type.key, index.type)) return type.value;
      scope.refuse(index.start, `${capitalized(given)} is never a key of this map.`, `Its keys are of another type: ${typeInWords(type.key)}.`);
      return undefined;
    case 'list':
      if (typeof index.constant === 'number' && index.constant < 0) {
        scope.refuse(index.start, 'No list has an element before its first.', 'The first element is `[0]`, the last one of `list` is `list[size(list) - 1]`.');
        return undefined;
      }
      if (index.type.kind === 'integer' || index.type.kind === 'any') return type.element;
      scope.refuse(index.start, `The index of a list is an integer, not ${given}.`, 'The first element is `[0]`.');
      return undefined;
    case 'text':
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'time':
    case 'duration':
    case 'null':
    case 'object': {
      const isName = type.kind === 'object' && typeof index.constant === 'string';
      scope.refuse(at, `${capitalized(typeInWords(type))} has no index.`, isName ? `Write \`.${index.constant}\`.` : 'Only lists and maps have an index.');
      return undefined;
    }
  }
}

function elementAt(whole: Value, place: Value): Outcome {
  if (whole === null || place === null) return stumble;
  if (isMap(whole)) return isMapKey(place) && whole.has(place) ? (whole.get(place) ?? null) : noSuchKey;
  if (isDirectoryObject(whole) && typeof place === 'string') return propertyOrNull(whole, place);
  if (!isList(whole) || typeof place !== 'number') return new Failure(`${valueInWords(whole)} cannot be indexed with ${valueInWords(place)}`);
  if (Number.isInteger(place) && place >= 0 && place < whole.length) return valueOf(whole[place]);
  return new Failure(`the index ${reserve(String(place))} is out of range: the list has ${whole.length} element${whole.length === 1 ? '' : 's'}`);
}
