import type { PlanEntry } from '../plan/index.ts';

/** `1234567` as `1,234,567`, the same on every machine whatever its locale. */
export function thousands(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 person`, `1,234 people`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${thousands(count)} ${count === 1 ? singular : plural}`;
}

/** `1 person`, `12 people`. */
export function people(count: number): string {
  return counted(count, 'person', 'people');
}

/** A time span as people say it: `340 ms`, `4.2 s`, `2 min 5 s`, `1 h 3 min`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** A long time span in whole hours or days: `26 hours`, `3 days`. */
export function inHours(hours: number): string {
  const whole = Math.floor(hours);
  return whole >= 48 ? counted(Math.floor(whole / 24), 'day') : counted(whole, 'hour');
}

/** A moment as `2026-11-22 05:17 UTC`. */
export function moment(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The name by which an asset manager finds the person. */
export function personOf(entry: PlanEntry): string {
  return entry.userPrincipalName ?? entry.username ?? entry.syncKey ?? entry.entraId ?? entry.oomnitzaId ?? 'unknown';
}

/**
 * How many problems are marked in the sync file: GitHub shows ten annotations of a kind for a step, and one of them is the
 * failure that sums up. The log and the summary list all problems.
 */
export const mostAnnotations = 9;
