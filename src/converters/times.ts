import { defineConverter } from './converter.ts';
import { InvalidValue } from './invalid-value.ts';

/** Seconds since 1970 of the first and the last second that a date can name (years 1 to 9999). */
const firstSecond = -62_135_596_800;
const lastSecond = 253_402_300_799;

export const epochSeconds = defineConverter({
  name: 'epoch_seconds',
  description:
    'Turns a date or time of ISO 8601 (UTC where it names no offset) into whole seconds since 1970; a number counts as such seconds already.',
  parameters: {},
  takes: ['text', 'number'],
  gives: 'number',
  example: { input: '2024-02-29T13:45:10+02:00', args: {}, output: 1709207110 },
  convert(value) {
    const seconds = typeof value === 'number' ? value : secondsOf(value.trim());
    const whole = Math.floor(seconds);
    return whole >= firstSecond && whole <= lastSecond ? whole : new InvalidValue('`epoch_seconds` takes a date such as `2024-02-29` or `2024-02-29T13:45:10Z`');
  },
});

const number = /^[+-]?\d+(?:\.\d*)?$/;
const date = /^(\d{4})([-/.])(\d{2})(?:\2(\d{2}))?$/;
const dateAndTime = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)? ?(?:Z|([+-])(\d{2})(?::?(\d{2}))?)?$/;

/**
 * `NaN` for anything but a date. What is read is what arrow 0.12.1 reads whole, the library that the vendor's converters
 * `timestamp` and `date_format` call. It also takes texts of digits for seconds, so that `2019` is no year.
 */
function secondsOf(text: string): number {
  if (number.test(text)) return Number(text);
  const day = date.exec(text);
  if (day !== null) return dayStart(day[1], day[3], day[4] ?? '01');
  const [, year, month, dayOfMonth, hour, minute, second = '00', sign, offsetHours, offsetMinutes = '00'] = dateAndTime.exec(text) ?? [];
  const time = secondsOfTime(hour, minute, second);
  const offset = offsetHours === undefined ? 0 : secondsOfTime(offsetHours, offsetMinutes, '00');
  return dayStart(year, month, dayOfMonth) + time - (sign === '-' ? -offset : offset);
}

/** `NaN` for a day that is not in the calendar, where `Date` would go on into the next month. */
function dayStart(year: string | undefined, month: string | undefined, day: string | undefined): number {
  const start = new Date(0);
  start.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return start.getUTCMonth() === Number(month) - 1 && start.getUTCDate() === Number(day) ? start.getTime() / 1000 : Number.NaN;
}

function secondsOfTime(hour: string | undefined, minute: string | undefined, second: string): number {
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  return h < 24 && m < 60 && s < 60 ? h * 3600 + m * 60 + s : Number.NaN;
}

const ticks = /^\d{1,20}$/;
const ticksPerSecond = 10_000_000n;
/** Seconds from 1601, where Windows starts to count, to 1970. */
const secondsBefore1970 = 11_644_473_600n;

export const ldapTimestamp = defineConverter({
  name: 'ldap_timestamp',
  description:
    'Turns a time of Active Directory (steps of 100 nanoseconds since 1601, as in `lastLogonTimestamp`) into whole seconds since 1970; "never" becomes the end of the year 9999.',
  parameters: {},
  takes: ['text', 'number'],
  gives: 'number',
  example: { input: '133537635100000000', args: {}, output: 1709289910 },
  convert(value) {
    const text = String(value).trim();
    if (!ticks.test(text)) return new InvalidValue('`ldap_timestamp` takes the whole number that Active Directory counts time in');
    // Larger than what a number holds exactly.
    const seconds = Number(BigInt(text) / ticksPerSecond - secondsBefore1970);
    // As the vendor's connector does with times that no date can name (converters/ldap_timestamp.py).
    return Math.min(seconds, lastSecond);
  },
});
