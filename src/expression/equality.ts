import type { Frame } from './frame.ts';
import { isDirectoryObject, isList, isMap, Moment, Span, valueOf, Failure, type Value } from './value.ts';

/** Far deeper than anything that Graph returns; comparing takes the stack. */
const maxLevels = 100;
const tooDeep = new Failure('the values to compare are nested too deeply');

/** Whether two values are the same; lists, maps and objects by what they hold. */
export function equal(left: Value, right: Value, frame: Frame, level = 0): boolean | Failure {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (left instanceof Moment) return right instanceof Moment && left.milliseconds === right.milliseconds;
  if (left instanceof Span) return right instanceof Span && left.milliseconds === right.milliseconds;
  if (level === maxLevels) return tooDeep;
  const same = (one: unknown, other: unknown): boolean | Failure => frame.spend(1) ?? equal(valueOf(one), valueOf(other), frame, level + 1);
  if (isList(left)) return isList(right) && left.length === right.length && every(left.entries(), (index) => right[index], same);
  if (isMap(left)) return isMap(right) && left.size === right.size && every(left.entries(), (key) => right.get(key), same);
  if (!isDirectoryObject(left) || !isDirectoryObject(right)) return false;
  const entries = Object.entries(left);
  if (entries.length !== Object.keys(right).length) return false;
  return every(entries, (key) => (Object.hasOwn(right, key) ? right[key] : undefined), same);
}

function every<Key>(
  left: Iterable<readonly [Key, unknown]>,
  counterpart: (key: Key) => unknown,
  same: (one: unknown, other: unknown) => boolean | Failure,
): boolean | Failure {
  for (const [key, value] of left) {
    const other = counterpart(key);
    const answer = other === undefined && value !== undefined ? false : same(value, other);
    if (answer !== true) return answer;
  }
  return true;
}
