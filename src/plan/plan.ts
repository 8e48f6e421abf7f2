import type { FieldValue } from '../field-value.ts';

/** What the plan says of one person, in the order in which reports list them. */
export const actions = ['create', 'update', 'suspend', 'restore', 'leaver', 'conflict', 'skip'] as const;
export type Action = (typeof actions)[number];

/** One field of a change; `before` is `null` for a create or an empty field, `after` is `null` where it is cleared. */
export interface FieldChange {
  readonly field: string;
  readonly before: FieldValue;
  readonly after: FieldValue;
}

/** A field of a record that tells it from all others. */
export interface FoundBy {
  readonly field: string;
  readonly value: FieldValue;
}

/** An assignment of a person to a SaaS application. */
export interface SaasAssignment {
  /** Its id in Oomnitza. */
  readonly application: string;
  /** What the person is called in that application. */
  readonly externalId: string;
}

/** One person's entry in the plan: a change to write, or a finding that is only reported. */
export interface PlanEntry {
  readonly action: Action;
  readonly entraId: string | null;
  readonly userPrincipalName: string | null;
  /** Oomnitza's id of the record found (`user_id`), `null` for a create and where none was found. */
  readonly oomnitzaId: string | null;
  /** User name of the record found, as Oomnitza has it now. */
  readonly username: string | null;
  /** `field=value` of the key that found the record, or of the first key with a value. */
  readonly syncKey: string | null;
  /** For an update: the key that found the record, with the value as the record has it. */
  readonly foundBy?: FoundBy;
  /** Sorted by field name (code point); for a left-out field, a skip with that one field. */
  readonly fields: readonly FieldChange[];
  /** What the field `saas` of a create or update stands for; it is no field of the record. */
  readonly saas?: SaasAssignment;
  /** For findings: the contract's reason, such as `missing-sync-key`; for suspends and restores that of the leaver. */
  readonly reason: string | null;
  /** For findings, suspends and restores: what happened, for a person to read. */
  readonly message: string;
  /** For findings about a value that cannot be used: that value, which the message does not tell. */
  readonly value?: FieldValue;
}

/** Counts of a plan, named as the outputs without `-count`. */
export interface PlanCounts {
  readonly directory: number;
  readonly scope: number;
  readonly create: number;
  readonly update: number;
  readonly suspend: number;
  readonly restore: number;
  readonly unchanged: number;
  readonly skip: number;
  readonly conflict: number;
  readonly leaver: number;
}

/** How one limit compares with the plan. */
export interface LimitCheck {
  readonly name: string;
  /** As written in the sync file, such as `5%`. */
  readonly limit: string;
  readonly base: number;
  readonly actual: number;
  readonly exceeded: boolean;
}

/** Everything that would change, decided before anything is written. */
export interface Plan {
  /** Sorted by action, lower-cased user principal name, Oomnitza id, Entra id. */
  readonly entries: readonly PlanEntry[];
  readonly counts: PlanCounts;
  /** None where only some users were asked for. */
  readonly limits: readonly LimitCheck[];
  /** Records of users who were not read but are still in the directory; 0 where nobody asked. */
  readonly outOfScope: number;
  /** Lower-case hex SHA-256 over all changes that would be written. */
  readonly digest: string;
}

const writes: ReadonlySet<Action> = new Set(['create', 'update', 'suspend', 'restore']);

/** Whether an entry is a change to write, and not only something to report. */
export function isWrite(entry: Pick<PlanEntry, 'action'>): boolean {
  return writes.has(entry.action);
}
