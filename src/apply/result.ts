import type { PlanEntry } from '../plan/index.ts';
import type { SyncError } from '../errors.ts';

/** What the record that answers a write tells, beyond that it was written. */
export interface Observations {
  /** Fields that the target keeps in another form than they were sent in. */
  readonly altered?: readonly string[];
  /** What somebody else did to the record after it was read. */
  readonly meanwhile?: 'archived' | 'edited';
}

/** What became of one planned change. */
export interface WriteResult extends Observations {
  readonly status: 'applied' | 'failed' | 'not-attempted';
  /** Why, where it was not applied; else what is worth knowing of it, mostly nothing. */
  readonly message: string;
  /** Of a change that failed: the record itself was written, and only what belongs to it elsewhere was not. */
  readonly recordWritten?: true;
}

/** What a writer says of one change. */
export type WriteOutcome =
  | ({ readonly ok: true } & Observations)
  | {
      readonly ok: false;
      readonly message: string;
      /** The same for failures that have the same cause. */
      readonly kind: string;
      /** The target itself did not work, whatever was to be written. */
      readonly unavailable: boolean;
      /** The run ended before anything was sent. */
      readonly notBegun?: boolean;
      /** It is the assignment to a SaaS application that failed, which says nothing of other records. */
      readonly ofAssignment?: true;
      /** See {@link WriteResult}. */
      readonly recordWritten?: true;
    };

/** Carries out single changes in the target. */
export interface Writer {
  /** @throws SyncError where no further change can succeed either, or the run was ended in the middle of this one */
  write(entry: PlanEntry): Promise<WriteOutcome>;
}

/** Carries out many changes together, none of which waits for another. */
export interface BulkWriter {
  /** Whether a change can be written this way. */
  takes(entry: PlanEntry): boolean;
  /** @param signal aborted: nothing further is sent */
  write(entries: readonly PlanEntry[], signal: AbortSignal): Promise<BulkResult>;
}

export interface BulkResult {
  /** What became of the changes; those that are not in it were certainly not written. */
  readonly outcomes: ReadonlyMap<PlanEntry, WriteOutcome>;
  /** Why no other change should be attempted either. */
  readonly stopped: SyncError | undefined;
}
