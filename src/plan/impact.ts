import { textOf, type FieldValue } from '../field-value.ts';
import { isWrite, type Action, type FieldChange, type LimitCheck, type Plan, type PlanEntry } from './plan.ts';

/** An entry of a plan, reduced to those of its fields that a part of an impact is about. */
export interface ImpactEntry {
  /** As it is in the plan that it comes from. */
  readonly entry: PlanEntry;
  /** Sorted by field name (code point). */
  readonly fields: readonly FieldChange[];
  /** The other plan has the change as well: only these fields are different there. */
  readonly inBoth: boolean;
}

/** No more changes of one action, in one plan or in both, are kept as samples: a proposal may mean something for everybody. */
export const mostSamples = 10;

type WritingAction = 'create' | 'update' | 'suspend' | 'restore';

/** One of the three things that a proposal can mean for a change. */
export interface ImpactPart {
  /** The first changes of each action, and of those that both plans have, in the order of the plan that they come from; no findings. */
  readonly samples: readonly ImpactEntry[];
  /** How many changes write each field. */
  readonly fields: ReadonlyMap<string, number>;
  /** Findings by reason, and by action where there is none. */
  readonly findings: ReadonlyMap<string, number>;
  /** Different records that are written. */
  readonly records: number;
  /** Entries by action; changes that the other plan has as well are not among them, and neither are left-out fields. */
  readonly counts: Readonly<Record<Action, number>>;
  /** Changes that the other plan has as well, with other fields, by action. */
  readonly otherwise: Readonly<Record<WritingAction, number>>;
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
  const before = new Map(base.entries.map((entry, index) => [keyOf(entry), index]));
  const after: PlanEntry[] = [];
  const [caused, dropped, pending] = [new Tally(), new Tally(), new Tally()];
  for (const entry of head.entries) {
    const index = before.get(keyOf(entry)) ?? -1;
    const counterpart = base.entries[index];
    if (counterpart === undefined) {
      caused.add({ entry, fields: entry.fields, inBoth: false });
      continue;
    }
    after[index] = entry;
    if (!isWrite(entry)) {
      pending.add({ entry, fields: entry.fields, inBoth: false });
    } else {
      const { same, other } = compared(entry.fields, counterpart.fields);
      if (other.length > 0) caused.add({ entry, fields: other, inBoth: true });
      if (same.length > 0) pending.add({ entry, fields: same, inBoth: false });
    }
  }
  for (const [index, entry] of base.entries.entries()) {
    const counterpart = after[index];
    if (counterpart === undefined) {
      dropped.add({ entry, fields: entry.fields, inBoth: false });
    } else if (isWrite(entry)) {
      const written = new Set(counterpart.fields.map(({ field }) => field));
      const fields = entry.fields.filter(({ field }) => !written.has(field));
      if (fields.length > 0) dropped.add({ entry, fields, inBoth: true });
    }
  }
  return { caused: caused.part, dropped: dropped.part, pending: pending.part };
}

/** Whether nothing at all is in a part. */
export function isEmptyPart({ records, findings }: ImpactPart): boolean {
  return records === 0 && findings.size === 0;
}

/** Whether a proposal neither causes anything nor keeps anything from being done. */
export function isWithoutEffect({ caused, dropped }: Impact): boolean {
  return isEmptyPart(caused) && isEmptyPart(dropped);
}

/** The limits that the plan of a proposal exceeds, and its base's as well: no reason to refuse the proposal. */
export function exceededAnyway(head: Plan, base: Plan): readonly LimitCheck[] {
  const known = new Set(base.limits.filter(({ exceeded }) => exceeded).map(({ name }) => name));
  return head.limits.filter(({ exceeded, name }) => exceeded && known.has(name));
}

/** Tells the entries of one plan apart, and finds each again in another. */
function keyOf(entry: PlanEntry): string {
  const { action, entraId, oomnitzaId, userPrincipalName, syncKey, reason } = entry;
  if (isWrite(entry)) return JSON.stringify([action, oomnitzaId ?? entraId ?? syncKey]);
  // A single field that is left out is a finding of its own; of several users each has one, of whatever record.
  const field = entry.fields.length === 1 ? (entry.fields[0]?.field ?? '') : '';
  // Two records can be of the same user, who is a leaver or protected in both.
  const record = action === 'leaver' || reason === 'protected' ? oomnitzaId : null;
  return JSON.stringify([action, entraId ?? oomnitzaId ?? userPrincipalName ?? syncKey, reason, field, record]);
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

/** Counts what is in a part as it comes, and keeps no more of it than samples. */
class Tally {
  readonly #samples: ImpactEntry[] = [];
  readonly #fields = new Map<string, number>();
  readonly #findings = new Map<string, number>();
  readonly #counts = new Map<Action, number>();
  readonly #otherwise = new Map<Action, number>();
  readonly #sampled = new Map<string, number>();
  /** Records that are there, and people who get one. */
  readonly #written = new Set<string>();
  readonly #created = new Set<string>();
  #leftOut = 0;

  add(found: ImpactEntry): void {
    const { entry, inBoth } = found;
    if (isWrite(entry)) this.#addChange(found);
    else countOne(this.#findings, entry.reason ?? entry.action);
    if (inBoth) countOne(this.#otherwise, entry.action);
    else if (entry.action === 'skip' && entry.fields.length === 1) this.#leftOut += 1;
    else countOne(this.#counts, entry.action);
  }

  #addChange(found: ImpactEntry): void {
    const { entry: { action, oomnitzaId, entraId, syncKey }, inBoth } = found;
    if (oomnitzaId === null) this.#created.add(entraId ?? syncKey ?? '');
    else this.#written.add(oomnitzaId);
    for (const { field } of found.fields) countOne(this.#fields, field);
    if (countOne(this.#sampled, `${action} ${inBoth}`) <= mostSamples) this.#samples.push(found);
  }

  get part(): ImpactPart {
    const count = (action: Action): number => this.#counts.get(action) ?? 0;
    const otherwise = (action: Action): number => this.#otherwise.get(action) ?? 0;
    return {
      samples: this.#samples,
      fields: this.#fields,
      findings: this.#findings,
      records: this.#written.size + this.#created.size,
      counts: { create: count('create'), update: count('update'), suspend: count('suspend'), restore: count('restore'), leaver: count('leaver'), conflict: count('conflict'), skip: count('skip') },
      otherwise: { create: otherwise('create'), update: otherwise('update'), suspend: otherwise('suspend'), restore: otherwise('restore') },
      leftOut: this.#leftOut,
    };
  }
}

function countOne<Key>(counts: Map<Key, number>, key: Key): number {
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count;
}
