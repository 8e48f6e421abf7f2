import type { Frame, Run } from './frame.ts';
import { condition, notTruth } from './logic.ts';
import type { Compiled, Scope } from './scope.ts';
import type { CallNode, Node } from './syntax.ts';
import { anything, boolean, listOf, typeInWords, type Type } from './types.ts';
import { Failure, isList, isMap, isTrouble, stumble, valueInWords, valueOf, type List, type Outcome, type Trouble, type Value } from './value.ts';
import { shown } from './wording.ts';

/** Units of work that going from one element to the next takes; measured. */
const stepWork = 5;

/** Goes through a list with the bodies evaluated for each element. */
type Loop = (list: List, each: (element: unknown) => Failure | undefined, bodies: readonly Run[], frame: Frame) => Outcome;

interface Macro {
  /** Bodies that must be true or false; the others may give anything. */
  readonly conditions: number;
  readonly bodies: number;
  readonly loop: Loop;
  /** @param body type of the last body */
  result(element: Type, body: Type): Type;
}

/** `all` and `exists`: one decisive element is enough, whatever the others are. */
function quantifier(decisive: boolean): Loop {
  return (list, each, [body], frame) => {
    let trouble: Trouble | undefined;
    for (const element of list) {
      const failure = each(element);
      if (failure !== undefined) return failure;
      const value = body?.(frame) ?? null;
      if (value === decisive) return decisive;
      if (value !== !decisive) trouble ??= notTruth(value, decisive ? 'exists' : 'all');
    }
    return trouble ?? !decisive;
  };
}

const existsOne: Loop = (list, each, [body], frame) => {
  let count = 0;
  for (const element of list) {
    const failure = each(element);
    if (failure !== undefined) return failure;
    const value = body?.(frame) ?? null;
    if (value === true) count++;
    else if (value !== false) return notTruth(value, 'exists_one');
  }
  return count === 1;
};

/** `filter` keeps elements, `map` makes one of each, or of each that a condition holds for. */
function collecting(keeps: boolean, makes: boolean): Loop {
  return (list, each, bodies, frame) => {
    const [predicate] = keeps ? bodies : [];
    const make = makes ? bodies.at(-1) : undefined;
    const made: Value[] = [];
    for (const element of list) {
      const failure = each(element);
      if (failure !== undefined) return failure;
      const holds = predicate?.(frame) ?? true;
      if (holds === false) continue;
      if (holds !== true) return notTruth(holds, keeps && !makes ? 'filter' : 'map');
      const value = make === undefined ? valueOf(element) : make(frame);
      if (isTrouble(value)) return value;
      made.push(value);
    }
    return made;
  };
}

const truth = (): Type => boolean;
const listOfBody = (_element: Type, body: Type): Type => listOf(body);
const macros: ReadonlyMap<string, readonly Macro[]> = new Map([
  ['all', [{ conditions: 1, bodies: 1, loop: quantifier(false), result: truth }]],
  ['exists', [{ conditions: 1, bodies: 1, loop: quantifier(true), result: truth }]],
  ['exists_one', [{ conditions: 1, bodies: 1, loop: existsOne, result: truth }]],
  ['filter', [{ conditions: 1, bodies: 1, loop: collecting(true, false), result: listOf }]],
  [
    'map',
    [
      { conditions: 0, bodies: 1, loop: collecting(false, true), result: listOfBody },
      { conditions: 1, bodies: 2, loop: collecting(true, true), result: listOfBody },
    ],
  ],
]);

/** Names of the functions that go through a list. */
export const macroNames: ReadonlySet<string> = new Set(macros.keys());

const example = 'Write such as `user.businessPhones.exists(phone, phone.startsWith("+47"))`.';

/** `list.all(variable, condition)` and the like. A map is gone through by its keys. */
export function compileMacro({ name, parameters, at, start }: CallNode, target: Node, scope: Scope): Compiled {
  const range = scope.compile(target);
  if (scope.variable !== undefined) {
    const hint = 'Go through one list, or through the result of another: `user.proxyAddresses.filter(a, …).exists(b, …)`.';
    return scope.refuse(at, `${shown(name)} cannot stand inside of another function that goes through a list.`, hint);
  }
  const [variable, ...bodyNodes] = parameters;
  const macro = macros.get(name)?.find(({ bodies }) => bodies === bodyNodes.length);
  if (variable?.kind !== 'name' || macro === undefined) {
    const offset = variable === undefined || variable.kind === 'name' ? at : variable.start;
    return scope.refuse(offset, `${shown(name)} takes a name for the element, and what to do with it.`, example);
  }
  if (variable.name === 'user') return scope.refuse(variable.start, '`user` is the directory user already.', 'Use another name for the element.');
  const element = elementTypeOf(range.type);
  if (element === undefined) return scope.refuse(at, `${shown(name)} goes through a list, not ${typeInWords(range.type)}.`, example);
  const inside = scope.within({ name: variable.name, type: element });
  const bodies = bodyNodes.map((body, index) => (index < macro.conditions ? condition(body, shown(name), inside) : inside.compile(body)));
  const type = macro.result(element, bodies.at(-1)?.type ?? anything);
  const size = bodies.reduce((sum, body) => sum + body.size, 1);
  return { type, run: runOf(name, macro.loop, range.run, bodies, size), start, size: range.size + size };
}

function elementTypeOf(range: Type): Type | undefined {
  if (range.kind === 'list') return range.element;
  if (range.kind === 'map') return range.key;
  return range.kind === 'any' ? anything : undefined;
}

function runOf(name: string, loop: Loop, range: Run, bodies: readonly Compiled[], size: number): Run {
  const runs = bodies.map(({ run }) => run);
  return (frame) => {
    const whole = range(frame);
    if (isTrouble(whole)) return whole;
    if (whole === null) return stumble;
    const list = isMap(whole) ? [...whole.keys()] : whole;
    if (!isList(list)) return new Failure(`\`${name}\` met ${valueInWords(list)} instead of a list`);
    const each = (element: unknown): Failure | undefined => {
      frame.element = valueOf(element);
      return frame.spend(size + stepWork);
    };
    return loop(list, each, runs, frame);
  };
}
