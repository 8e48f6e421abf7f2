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
  /** The record is that of somebody else. */
  readonly isOther: boolean;
  /** `undefined` where there is no record. */
  readonly now: FieldValue | undefined;
  /** The value that it gets back, or why it is left as it is. */
  readonly next: { readonly value: FieldValue } | { readonly left: string };
}

/** What takes back the changes that a plan says were applied. */
export interface Rollback {
  /** In the shape of any plan, so that what is done by it can be rolled back as well. */
  readonly plan: Plan;
  /** Every field that was written, in the order of the plan; those of changes that failed come last. */
  readonly rows: readonly RollbackRow[];
  /** Records with the ids of those written, but of other people: the plan is that of another instance. */
  readonly others: number;
  /** People who were created: Oomnitza's API knows no way to delete them. */
  readonly created: readonly string[];
  /** Updates that failed, and are taken back as well, since their records hold all that was sent. */
  readonly found: number;
  /** Other changes that failed: of some of them nobody knows whether they were written. */
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
  const sent = Map.groupBy(changes.flatMap(({ action, oomnitzaId, fields }) => (isUndone(action) ? fields.map((field) => ({ oomnitzaId, field })) : [])), ({ oomnitzaId }) => oomnitzaId);
  const judge = (change: FileChange): Judged => {
    const record = recordOf(change.oomnitzaId ?? '');
    const isOther = record !== undefined && !isSamePerson(change, record, (sent.get(change.oomnitzaId) ?? []).map(({ field }) => field));
    return { change, record, isOther, formOf };
  };
  const failed = changes.filter(({ status }) => status === 'failed').map((change) => withoutAssignment(change));
  const inDoubt = failed.filter(({ recordWritten }) => recordWritten === undefined);
  const found = inDoubt.filter((change) => holdsAll(judge(change)));
  const applied = [...changes.filter(({ status }) => status === 'applied'), ...failed.filter(({ recordWritten }) => recordWritten), ...found];
  const rows: RollbackRow[] = [];
  const entries: PlanEntry[] = [];
  const others = new Set<string>();
  for (const change of applied) {
    if (!isUndone(change.action)) continue;
    const judged = judge(change);
    const { record, isOther } = judged;
    if (record !== undefined && isOther) others.add(record.userId);
    const rowsOfChange = change.fields.map((field) => rowOf(judged, field));
    rows.push(...rowsOfChange);
    const fields = rowsOfChange.flatMap(({ field, now, next }) => ('value' in next ? [{ field, before: now ?? null, after: next.value }] : []));
    if (record !== undefined && fields.length > 0) entries.push(entryOf(change, opposite[change.action], record, fields));
  }
  return {
    plan: planOf(entries),
    rows,
    others: others.size,
    created: applied.filter(({ action }) => action === 'create').map((change) => personOf(change)),
    found: found.length,
    failed: inDoubt.length - found.length,
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

/**
 * Whether an update that failed is there all the same: its answer may have been lost. Of a suspended person it would tell less, and
 * somebody whose access was taken away by hand must not get it back by mistake.
 */
function holdsAll({ change: { action, entraId, fields }, record, isOther, formOf }: Judged): boolean {
  if (action !== 'update' || record === undefined || isOther || fields.length === 0) return false;
  return fields.every(({ field, after }) => isSame(record.read(field), formOf(field, after), isId(entraId, after)));
}

/** Where the change failed, it was not made: it comes last. */
function withoutAssignment(change: FileChange): FileChange {
  return { ...change, fields: change.fields.filter(({ field }) => field !== assignmentField) };
}

function isId(entraId: string | null, value: FieldValue): boolean {
  return entraId !== null && normaliseKey(value) !== '' && normaliseKey(entraId) === normaliseKey(value);
}

function rowOf({ change, record, isOther, formOf }: Judged, { field, before, after }: FieldChange): RollbackRow {
  const row = { person: personOf(change, record?.username), field, isOther };
  if (record === undefined) return { ...row, now: undefined, next: { left: 'the record is not there any more' } };
  const now = record.read(field);
  if (isOther) return { ...row, now, next: { left: 'another person’s record: is this the instance of that run?' } };
  // Oomnitza has no empty state for it.
  const value = field === 'suspended' && isEmpty(before) ? false : before;
  const isNow = (other: FieldValue): boolean => isSame(now, formOf(field, other), isId(change.entraId, after));
  return { ...row, now, next: reasonToLeave(field, record, { isWritten: isNow(after), isBefore: isNow(value) }) ?? { value } };
}

/**
 * Every instance has records of the same ids, so whose one it is has to show in its key, as the run found or left it, in its
 * user name, or in the Entra id that the run wrote or found in a field: people are renamed, and keep that.
 *
 * @param sent what the run was to write to the record
 */
function isSamePerson({ entraId, oomnitzaId, syncKey, userPrincipalName }: FileChange, record: RecordNow, sent: readonly FieldChange[]): boolean {
  const key = keyIn(syncKey);
  if (key === undefined || oomnitzaId === null) return true;
  if (sent.some(({ field, before, after }) => [before, after].some((value) => isId(entraId, value)) && isId(entraId, record.read(field)))) return true;
  const written = sent.flatMap(({ field, before, after }) => (field === key.field ? [before, after] : []));
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
