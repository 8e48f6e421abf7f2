import { reserve } from './reserved.ts';

/** Why a run failed, as the output `failure-reason` says it. */
export const failureReasons = [
  'invalid-input',
  'invalid-sync-file',
  'authentication',
  'permission',
  'directory-incomplete',
  'target-unavailable',
  'limits-exceeded',
  'plan-changed',
  'record-failures',
  'cancelled',
  'timeout',
  'internal',
] as const;

export type FailureReason = (typeof failureReasons)[number];

/** A place in the sync file; lines and columns count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One thing that is wrong in the sync file, and where. */
export interface Problem {
  /** What is wrong, in one sentence that names what was found. */
  readonly message: string;
  /** What to write instead. */
  readonly hint?: string;
  readonly position: Position;
}

interface SyncErrorOptions {
  /** What the user should change, as a sentence. */
  readonly hint?: string;
  readonly cause?: unknown;
  /** What the message only sums up, a sentence each. */
  readonly details?: readonly string[];
  /** The places of the sync file that it is about; with `invalid-sync-file` everything that was found, in the order of the file. */
  readonly problems?: readonly Problem[];
}

/**
 * A failure that a user sees. `message` says what happened, `hint` what to change; neither ever holds a secret, and whatever
 * they quote from outside, or tell of people, is reserved (see `reserve`).
 */
export class SyncError extends Error {
  readonly reason: FailureReason;
  readonly hint: string;
  readonly details: readonly string[];
  readonly problems: readonly Problem[];

  constructor(reason: FailureReason, message: string, options: SyncErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'SyncError';
    this.reason = reason;
    this.hint = options.hint ?? '';
    this.details = options.details ?? [];
    this.problems = options.problems ?? [];
  }
}

/** Turns whatever was thrown into a {@link SyncError}; what is not one yet becomes `internal`. */
export function asSyncError(thrown: unknown): SyncError {
  if (thrown instanceof SyncError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new SyncError('internal', `Unexpected error: ${reserve(message)}`, {
    hint: 'This is a defect of the action. Please report it with the log of this run.',
    cause: thrown,
  });
}
