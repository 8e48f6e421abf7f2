import { Failure, Moment, Span } from './value.ts';

const first = Date.parse('0001-01-01T00:00:00Z');
const last = Date.parse('9999-12-31T23:59:59.999Z');

/** Ten thousand years in milliseconds: more than lies between any two moments. */
const longest = 10_000 * 366 * 86_400_000;

/** A point in time, if it lies in the years 1 to 9999. */
export function momentOf(milliseconds: number): Moment | Failure {
  if (milliseconds >= first && milliseconds <= last) return new Moment(milliseconds);
  return new Failure('a time lies outside of the years 1 to 9999');
}

export function spanOf(milliseconds: number): Span | Failure {
  return Math.abs(milliseconds) <= longest ? new Span(milliseconds) : new Failure('a duration is too long');
}

const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt](\d\d):(\d\d):(\d\d)(\.\d{1,9})?(Z|z|[+-]\d\d:\d\d))?$/;

/** Reads RFC 3339; also a date alone, which is midnight UTC. Fractions below a millisecond are dropped. */
export function readMoment(text: string): Moment | Failure {
  const parts = iso.exec(text);
  if (parts === null) return new Failure('`timestamp` met a text that is no date and time in ISO 8601');
  const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = parts;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  // A 30th of February would come out as a day of March.
  const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  const offset = offsetMinutes(zone);
  if (!exists || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || offset === undefined) {
    return new Failure('`timestamp` met a date or time that does not exist');
  }
  const minutes = Number(hour) * 60 + Number(minute) - offset;
  return momentOf(date.getTime() + minutes * 60_000 + Number(second) * 1000 + Math.trunc(Number(`0${fraction}`) * 1000));
}

function offsetMinutes(zone: string): number | undefined {
  if (/^z$/i.test(zone)) return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4));
  return hours > 23 || minutes > 59 ? undefined : (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** In UTC and ISO 8601, with a fraction only where there is one. */
export function momentText({ milliseconds }: Moment): string {
  return new Date(milliseconds).toISOString().replace(/\.000Z$/, 'Z');
}

const units: ReadonlyMap<string, number> = new Map([
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['ns', 1e-6],
]);
const part = /(\d+(?:\.\d*)?|\.\d+)(h|ms|m|s|us|µs|ns)/y;

/** Reads such as `36h`, `1h30m`, `-1.5s` and `0`. */
export function readSpan(text: string): Span | Failure {
  const unsigned = text.replace(/^[+-]/, '');
  if (unsigned === '0') return new Span(0);
  let milliseconds = 0;
  part.lastIndex = 0;
  for (let end = 0; end < unsigned.length || end === 0; end = part.lastIndex) {
    const [, amount, unit] = part.exec(unsigned) ?? [];
    if (unit === undefined) return new Failure('`duration` met a text that is none, such as `36h` or `1h30m`');
    milliseconds += Number(amount) * (units.get(unit) ?? 0);
  }
  return spanOf(text.startsWith('-') ? -milliseconds : milliseconds);
}

/** In seconds, such as `5400s`. */
export function spanText({ milliseconds }: Span): string {
  return `${milliseconds / 1000}s`;
}
