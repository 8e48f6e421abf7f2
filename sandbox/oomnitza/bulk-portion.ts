/** What one record of a bulk call came to; `processing` until the instance has got to it. */
export type BulkState = 'processing' | 'added' | 'updated' | 'unchanged' | 'skipped' | 'failed' | 'canceled';

/** One record of a bulk call, with what the call said about all of its records. */
export interface BulkRecord {
  /** By internal id of the field. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly syncField: readonly string[];
  readonly insertOnly: boolean;
  readonly updateOnly: boolean;
  readonly ignoreRestriction: boolean;
  state: BulkState;
  /** Why it failed or was skipped. */
  words: string;
}

/** Everything that one run sent by the bulk API. */
export interface BulkPortion {
  /** The instance's own id of it. */
  readonly id: string;
  /** In the spelling of the run logs, such as `connector_azureusers`. */
  readonly connector: string;
  readonly records: BulkRecord[];
  finalized: boolean;
  /** Set it, and what is not processed yet will not be. */
  canceled: boolean;
  /** How often its log has been asked for since it was finalized. */
  polls: number;
}
