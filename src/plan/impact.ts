import { textOf, type FieldValue } from '../field-value.ts';
import { actions, isWrite, type Action, type FieldChange, type LimitCheck, type Plan, type PlanEntry } from './plan.ts';

/** An entry of a plan, reduced to those of its fields that a part of an impact is about. */
export interface ImpactEntry {
  /** As it is in the plan that it comes from. */
  readonly entry: PlanEntry;
  /** Sorted by field name (code point). */
  readonly fields: readonly FieldChange[];
  /** The other plan creates the person as well: only these fields are different there. */
  readonly inBoth: boolean;
}

/** One of the three things that a proposal can mean for a change. */
export interface ImpactPart {
  /** Changes and findings, in the order of the plan that they come from. */
  readonly entries: readonly ImpactEntry[];
  /** Different records that are written. */
  readonly records: number;
  /** Entries by action; creates that the other plan has as well are not among them, and neither are left-out fields. */
  readonly counts: Readonly<Record<Action, number>>;
  /** Creates that the other plan has as well, with other fields. */
  readonly otherwiseCreated: number;
  /** Skips of a single field. */
  readonly leftOut: number;
}

/** What a proposed sync file means, by the field: a record whose fields differ in this is in several parts. */
export interface Impact {
  /** What is only in the plan of the head, or with other values there. */
  readonly caused: ImpactPart;
  /** What is only in the plan of the base. */
  readonly dropped: ImpactPart;
  /** What is the same in both. */
  readonly pending: ImpactPart;
}

/**
 * Holds the plan with the proposed sync file against the plan with the one of the base. Both have to be made of the same
 * data.
 */
export function impactOf(head: Plan, base: Plan): Impact {
  const before = new Map(base.entries.map((entry) => [keyOf(entry), entry]));
  const after = new Map<PlanEntry, PlanEntry>();
  const caused: ImpactEntry[] = [];
  const dropped: ImpactEntry[] = [];
  const pending: ImpactEntry[] = [];
  for (const entry of head.entries) {
    const counterpart = before.get(keyOf(entry));
    if (counterpart !== undefined) after.set(counterpart, entry);
    if (counterpart === undefined) {
      caused.push({ entry, fields: entry.fields, inBoth: false });
    } else if (!isWrite(entry)) {
      pending.push({ entry, fields: entry.fields, inBoth: false });
    } else {
      const { same, other } = compared(entry.fields, counterpart.fields);
      const inBoth = entry.action === 'create';
      if (other.length > 0) caused.push({ entry, fields: other, inBoth });
      if (same.length > 0) pending.push({ entry, fields: same, inBoth: false });
    }
  }
  for (const entry of base.entries) {
    const counterpart = after.get(entry);
    if (counterpart === undefined) {
      dropped.push({ entry, fields: entry.fields, inBoth: false });
    } else if (isWrite(entry)) {
      const written = new Set(counterpart.fields.map(({ field }) => field));
      const fields = entry.fields.filter(({ field }) => !written.has(field));
      if (fields.length > 0) dropped.push({ entry, fields, inBoth: entry.action === 'create' });
    }
  }
  return { caused: partOf(caused), dropped: partOf(dropped), pending: partOf(pending) };
}

/** Whether a proposal neither causes anything nor keeps anything from being done. */
export function isWithoutEffect({ caused, dropped }: Impact): boolean {
  return caused.entries.length === 0 && dropped.entries.length === 0;
}

/** Limits that a plan exceeds, by whether a proposal is to blame. */
export interface ExceededLimits {
  /** Within the limit without the proposal: a reason to refuse it. */
  readonly caused: readonly LimitCheck[];
  /** The base exceeds them as well: no more than a warning on its proposal. */
  readonly anyway: readonly LimitCheck[];
}

/** @param base the plan with the base's sync file; `undefined` where there is none, so that all is caused */
export function exceededLimits(head: Plan, base: Plan | undefined): ExceededLimits {
  const known = new Set((base?.limits ?? []).filter(({ exceeded }) => exceeded).map(({ name }) => name));
  const exceeded = head.limits.filter((limit) => limit.exceeded);
  return { caused: exceeded.filter(({ name }) => !known.has(name)), anyway: exceeded.filter(({ name }) => known.has(name)) };
}

/** Tells the entries of one plan apart, and finds each again in another. */
function keyOf(entry: PlanEntry): string {
  const { action, entraId, oomnitzaId, userPrincipalName, syncKey, reason } = entry;
  if (isWrite(entry)) return JSON.stringify([action, oomnitzaId ?? entraId ?? syncKey]);
  // A single field that is left out is a finding of its own; of several users each has one, of whatever record.
  const field = entry.fields.length === 1 ? (entry.fields[0]?.field ?? '') : '';
  // Two records can be of the same user, who is a leaver in both.
  const record = action === 'leaver' ? oomnitzaId : null;
  return JSON.stringify([action, entraId ?? oomnitzaId ?? userPrincipalName ?? syncKey, reason, field, record]);
}

/** The record that a change writes, the same whatever is done to it. */
function recordOf({ oomnitzaId, entraId, syncKey }: PlanEntry): string {
  return oomnitzaId === null ? `new ${entraId ?? syncKey ?? ''}` : `record ${oomnitzaId}`;
}

function compared(fields: readonly FieldChange[], others: readonly FieldChange[]): { readonly same: readonly FieldChange[]; readonly other: readonly FieldChange[] } {
  const values = new Map(others.map(({ field, after }) => [field, after]));
  const isSame = ({ field, after }: FieldChange): boolean => values.has(field) && isAlike(after, values.get(field) ?? null);
  return { same: fields.filter(isSame), other: fields.filter((change) => !isSame(change)) };
}

/** Both would be written over the same value, so the type does not count, but every letter does. */
function isAlike(left: FieldValue, right: FieldValue): boolean {
  return left === right || textOf(left) === textOf(right);
}

function partOf(entries: readonly ImpactEntry[]): ImpactPart {
  const counts = new Map<Action, number>(actions.map((action) => [action, 0]));
  const records = new Set<string>();
  let otherwiseCreated = 0;
  let leftOut = 0;
  for (const { entry, inBoth } of entries) {
    if (isWrite(entry)) records.add(recordOf(entry));
    if (inBoth) otherwiseCreated += 1;
    else if (entry.action === 'skip' && entry.fields.length === 1) leftOut += 1;
    else counts.set(entry.action, (counts.get(entry.action) ?? 0) + 1);
  }
  const count = (action: Action): number => counts.get(action) ?? 0;
  return {
    entries,
    records: records.size,
    counts: { create: count('create'), update: count('update'), suspend: count('suspend'), restore: count('restore'), leaver: count('leaver'), conflict: count('conflict'), skip: count('skip') },
    otherwiseCreated,
    leftOut,
  };
}
