import { aDuration, aTime, unary, type Overload } from './overload.ts';
import { integer } from './types.ts';

function ofDate(read: (date: Date) => number): Overload {
  return unary(aTime, integer, ({ milliseconds }) => read(new Date(milliseconds)));
}

/** A duration in whole units. */
function inUnits(unit: number): Overload {
  return unary(aDuration, integer, ({ milliseconds }) => Math.trunc(milliseconds / unit) + 0);
}

function dayOfYear(date: Date): number {
  const newYear = new Date(0);
  // `Date.UTC` would take the years 0 to 99 for those of the twentieth century.
  newYear.setUTCFullYear(date.getUTCFullYear(), 0, 1);
  return Math.floor((date.getTime() - newYear.getTime()) / 86_400_000);
}

/** Parts of a time, in UTC and counted as CEL does, and of a duration, written behind it: `timestamp(…).getFullYear()`. */
export const timeMethods: ReadonlyMap<string, readonly Overload[]> = new Map([
  ['getFullYear', [ofDate((date) => date.getUTCFullYear())]],
  ['getMonth', [ofDate((date) => date.getUTCMonth())]],
  ['getDate', [ofDate((date) => date.getUTCDate())]],
  ['getDayOfMonth', [ofDate((date) => date.getUTCDate() - 1)]],
  ['getDayOfWeek', [ofDate((date) => date.getUTCDay())]],
  ['getDayOfYear', [ofDate(dayOfYear)]],
  ['getHours', [ofDate((date) => date.getUTCHours()), inUnits(3_600_000)]],
  ['getMinutes', [ofDate((date) => date.getUTCMinutes()), inUnits(60_000)]],
  ['getSeconds', [ofDate((date) => date.getUTCSeconds()), inUnits(1000)]],
  ['getMilliseconds', [ofDate((date) => date.getUTCMilliseconds()), inUnits(1)]],
]);
