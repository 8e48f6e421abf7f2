import { SyncError } from '../errors.ts';
import type { Run } from './run.ts';

/**
 * How long GitHub is waited for when a run tells it what became of it: its usual time, also where the run ended by its own limit of
 * time, but no longer than a signal leaves, and a signal may come while it is told.
 *
 * @param seconds for all that is told in one place
 */
export function tellingLimit({ interruption }: Run, seconds: number): AbortSignal {
  const limit = new AbortController();
  setTimeout(() => { limit.abort(new SyncError('target-unavailable', `GitHub took longer than ${seconds} s.`)); }, seconds * 1000).unref();
  return AbortSignal.any([interruption.late, limit.signal]);
}
