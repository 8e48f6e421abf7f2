import { assignmentField } from '../config/index.ts';
import { isEmpty, type FieldValue } from '../field-value.ts';
import type { FileChange } from '../plan-file/index.ts';
import { digestOf, isSame, normaliseKey, type Action, type FieldChange, type Plan, type PlanEntry } from '../plan/index.ts';

/** A record as Oomnitza has it now. */
export interface RecordNow {
  readonly userId: string;
  readonly username: string;
  readonly archived: boolean;
  /** In the form in which plans have them. */
  read(field: string): FieldValue;
}

/** What becomes of one field that was written. */
export interface RollbackRow {
  readonly person: string;
  readonly field: string;
  /** `undefined` where there is no record. */
  readonly now: FieldValue | undefined;
  /** The value that it gets back, or why it is left as it is. */
  readonly next: { readonly value: FieldValue } | { readonly left: string };
}

/** What takes back the changes that a plan says were applied. */
export interface Rollback {
  /** In the shape of any plan, so that what is done by it can be rolled back as well. */
  readonly plan: Plan;
  /** Every field that was written, in the order of the plan. */
  readonly rows: readonly RollbackRow[];
  /** Records with the ids of those written, but of other people: the plan is that of another instance. */
  readonly others: number;
  /** People who were created: Oomnitza's API knows no way to delete them. */
  readonly created: readonly string[];
  /** Changes that failed: of some of them nobody knows whether they were written. */
  readonly failed: number;
}

export type FormOf = (field: string, value: FieldValue) => FieldValue;

type Undone = Extract<Action, 'update' | 'suspend' | 'restore'>;
const opposite: Readonly<Record<Undone, Undone>> = { update: 'update', suspend: 'restore', restore: 'suspend' };

/**
 * Decides what of a plan can be taken back. A field gets its value from before where it still holds what was written;
 * where it does not, somebody else has changed it, and it is left.
 *
 * @param recordOf the record with this id, if there still is one
 * @param formOf a value of a field in the form in which plans have them: the run may have known less of the fields
 */
export function planRollback(changes: readonly FileChange[], recordOf: (userId: string) => RecordNow | undefined, formOf: FormOf = (_field, value) => value): Rollback {
  const applied = changes.filter(({ status }) => status === 'applied');
  const rows: RollbackRow[] = [];
  const entries: PlanEntry[] = [];
  const others = new Set<string>();
  const fieldsOf = Map.groupBy(applied.flatMap(({ oomnitzaId, fields }) => fields.map((field) => ({ oomnitzaId, field }))), ({ oomnitzaId }) => oomnitzaId);
  for (const change of applied) {
    if (!isUndone(change.action)) continue;
    const record = recordOf(change.oomnitzaId ?? '');
    const isOther = record !== undefined && !isSamePerson(change, record, (fieldsOf.get(change.oomnitzaId) ?? []).map(({ field }) => field));
    if (isOther) others.add(record.userId);
    const judged = change.fields.map((field) => rowOf({ change, record, isOther, formOf }, field));
    rows.push(...judged);
    const fields = judged.flatMap(({ field, now, next }) => ('value' in next ? [{ field, before: now ?? null, after: next.value }] : []));
    if (record !== undefined && fields.length > 0) entries.push(entryOf(change, opposite[change.action], record, fields));
  }
  return {
    plan: planOf(entries),
    rows,
    others: others.size,
    created: applied.filter(({ action }) => action === 'create').map((change) => personOf(change)),
    failed: changes.filter(({ status }) => status === 'failed').length,
  };
}

function isUndone(action: Action): action is Undone {
  return action in opposite;
}

interface Judged {
  readonly change: FileChange;
  readonly record: RecordNow | undefined;
  /** The record is that of somebody else. */
  readonly isOther: boolean;
  readonly formOf: FormOf;
}

function rowOf({ change, record, isOther, formOf }: Judged, { field, before, after }: FieldChange): RollbackRow {
  const row = { person: personOf(change, record?.username), field };
  if (record === undefined) return { ...row, now: undefined, next: { left: 'the record is not there any more' } };
  const now = record.read(field);
  if (isOther) return { ...row, now, next: { left: 'another person’s record: is this the instance of that run?' } };
  // Oomnitza has no empty state for it.
  const value = field === 'suspended' && isEmpty(before) ? false : before;
  const isIdentity = change.entraId !== null && normaliseKey(change.entraId) === normaliseKey(after);
  const isNow = (other: FieldValue): boolean => isSame(now, formOf(field, other), isIdentity);
  return { ...row, now, next: reasonToLeave(field, record, { isWritten: isNow(after), isBefore: isNow(value) }) ?? { value } };
}

/**
 * Every instance has records of the same ids, so whose one it is has to show in its key, as the run found or left it, or in
 * its user name.
 */
function isSamePerson({ oomnitzaId, syncKey, userPrincipalName }: FileChange, record: RecordNow, applied: readonly FieldChange[]): boolean {
  const key = keyIn(syncKey);
  if (key === undefined || oomnitzaId === null) return true;
  const written = applied.flatMap(({ field, before, after }) => (field === key.field ? [before, after] : []));
  const now = normaliseKey(record.read(key.field));
  return [key.value, ...written].some((value) => normaliseKey(value) === now) || (userPrincipalName !== null && normaliseKey(userPrincipalName) === normaliseKey(record.username));
}

/** The key by which a run found a record, `field=value`. */
export function keyIn(syncKey: string | null): { readonly field: string; readonly value: string } | undefined {
  const end = syncKey?.indexOf('=') ?? -1;
  return syncKey === null || end < 1 ? undefined : { field: syncKey.slice(0, end), value: syncKey.slice(end + 1) };
}

function reasonToLeave(field: string, { archived }: RecordNow, { isWritten, isBefore }: { readonly isWritten: boolean; readonly isBefore: boolean }): { readonly left: string } | undefined {
  if (field === assignmentField) return { left: 'an assignment to an application cannot be taken back' };
  if (archived) return { left: 'the record is archived' };
  if (isBefore) return { left: 'it has this value already' };
  return isWritten ? undefined : { left: 'it was changed since, or Oomnitza keeps it in a form of its own' };
}

function entryOf({ entraId, userPrincipalName, oomnitzaId, syncKey }: FileChange, action: Undone, { username }: RecordNow, fields: readonly FieldChange[]): PlanEntry {
  return { action, entraId, userPrincipalName, oomnitzaId, username, syncKey, fields, reason: null, message: '' };
}

function planOf(entries: readonly PlanEntry[]): Plan {
  const count = (action: Action): number => entries.filter((entry) => entry.action === action).length;
  const none = { directory: 0, scope: 0, create: 0, unchanged: 0, skip: 0, conflict: 0, leaver: 0 };
  return { entries, counts: { ...none, update: count('update'), suspend: count('suspend'), restore: count('restore') }, limits: [],
    outOfScope: 0, digest: digestOf(entries) };
}

function personOf({ userPrincipalName, syncKey, oomnitzaId }: FileChange, username = ''): string {
  return userPrincipalName ?? (username === '' ? syncKey : username) ?? oomnitzaId ?? 'unknown';
}
