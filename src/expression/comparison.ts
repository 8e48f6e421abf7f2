import { equal } from './equality.ts';
import type { Frame } from './frame.ts';
import { isMapKey } from './literals.ts';
import { sizeOfParts, type Compiled, type Scope } from './scope.ts';
import type { BinaryNode } from './syntax.ts';
import { boolean, comparable, typeInWords, type Type } from './types.ts';
import {
  Failure,
  isDirectoryObject,
  isList,
  isMap,
  isTrouble,
  stumble,
  valueInWords,
  valueOf,
  type List,
  type Outcome,
  type Value,
} from './value.ts';
import { capitalized } from './wording.ts';

/** `a == b` and `a != b`. Null is a value like others here. */
export function compileEquality({ operator, left: leftNode, right: rightNode, at, start }: BinaryNode, scope: Scope): Compiled {
  const left = scope.compile(leftNode);
  const right = scope.compile(rightNode);
  if (!comparable(left.type, right.type)) {
    const message = `${capitalized(typeInWords(left.type))} is never the same as ${typeInWords(right.type)}.`;
    return scope.refuse(at, message, conversionHint(left.type, right.type));
  }
  const whenEqual = operator === '==';
  const run = (frame: Frame): Outcome => {
    const one = left.run(frame);
    const other = right.run(frame);
    if (isTrouble(one)) return one;
    if (isTrouble(other)) return other;
    const same = equal(one, other, frame);
    return typeof same === 'boolean' ? same === whenEqual : same;
  };
  return scope.folded({ type: boolean, run, start, size: sizeOfParts([left, right]) }, [left, right], at);
}

/** `a in list` and `key in map`. */
export function compileIn({ left: leftNode, right: rightNode, at, start }: BinaryNode, scope: Scope): Compiled {
  const element = scope.compile(leftNode);
  const whole = scope.compile(rightNode);
  const taken = elementTypeOf(whole.type);
  if (taken === undefined) {
    const hint = whole.type.kind === 'text' ? 'Whether a text stands inside another: `user.mail.contains("text")`.' : 'Write such as `user.department in ["IT", "HR"]`.';
    return scope.refuse(whole.start, `\`in\` takes a list or a map, not ${typeInWords(whole.type)}.`, hint);
  }
  if (!comparable(element.type, taken)) {
    const message = `${capitalized(typeInWords(element.type))} is never in ${typeInWords(whole.type)}, which holds other values.`;
    return scope.refuse(at, message, conversionHint(element.type, taken));
  }
  const known = simpleValues(whole.constant);
  const run = (frame: Frame): Outcome => {
    const one = element.run(frame);
    if (isTrouble(one)) return one;
    if (known !== undefined && (typeof one !== 'object' || one === null)) return known.has(one);
    const within = whole.run(frame);
    return isTrouble(within) ? within : isIn(one, within, frame);
  };
  return scope.folded({ type: boolean, run, start, size: sizeOfParts([element, whole]) }, [element, whole], at);
}

function elementTypeOf(type: Type): Type | undefined {
  if (type.kind === 'list') return type.element;
  if (type.kind === 'map') return type.key;
  return type.kind === 'any' ? type : undefined;
}

/** The elements of a list that stands in the expression, if none needs to be looked into: a long one is then no slower. */
function simpleValues(list: Value | undefined): ReadonlySet<unknown> | undefined {
  return isList(list) && list.every((element) => typeof element !== 'object' || element === null) ? new Set(list) : undefined;
}

function isIn(element: Value, whole: Value, frame: Frame): Outcome {
  if (whole === null) return stumble;
  if (isMap(whole)) return isMapKey(element) && whole.has(element);
  if (isList(whole)) return isInList(element, whole, frame);
  if (isDirectoryObject(whole) && typeof element === 'string') return Object.hasOwn(whole, element);
  return new Failure(`\`in\` met ${valueInWords(whole)} instead of a list or a map`);
}

function isInList(element: Value, list: List, frame: Frame): boolean | Failure {
  for (const candidate of list) {
    const same = frame.spend(1) ?? equal(element, valueOf(candidate), frame);
    if (same !== false) return same;
  }
  return false;
}

function conversionHint(left: Type, right: Type): string {
  const types = [left, right];
  if (types.some(({ kind }) => kind === 'time') && types.some(({ kind }) => kind === 'text')) return 'Write `timestamp(…)` around the text.';
  const simple = ['text', 'integer', 'decimal', 'boolean'];
  const convertible = types.every(({ kind }) => simple.includes(kind)) && types.some(({ kind }) => kind === 'text');
  if (convertible) return types.some(({ kind }) => kind === 'boolean') ? '`true` and `false` stand without quotes.' : 'A text stands in quotes, a number does not.';
  return 'Compare values of the same type.';
}
