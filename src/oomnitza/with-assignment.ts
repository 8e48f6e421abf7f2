import type { WriteOutcome } from '../apply/index.ts';
import { assignmentField } from '../config/index.ts';
import { SyncError } from '../errors.ts';
import type { PlanEntry, SaasAssignment } from '../plan/index.ts';
import { assign } from './assign.ts';
import type { Oomnitza } from './client.ts';
import type { Written } from './create.ts';
import { findCreated } from './find.ts';

/**
 * Writes a change of which an assignment to a SaaS application is a part: first the record's own fields, and only where
 * that succeeded the assignment. A failure says how far it came.
 *
 * @param writeRecord writes what is left of the change without the assignment
 */
export async function writeWithAssignment(
  oomnitza: Oomnitza,
  entry: PlanEntry,
  saas: SaasAssignment,
  keyFields: readonly string[],
  writeRecord: (own: PlanEntry) => Promise<Written>,
  assigning: Assigning,
): Promise<WriteOutcome> {
  const own = { ...entry, fields: entry.fields.filter(({ field }) => field !== assignmentField) };
  const { outcome, record }: Written = own.fields.length === 0 ? { outcome: { ok: true } } : await writeRecord(own);
  if (!outcome.ok) return outcome;
  const done = own.fields.length === 0 ? '' : `the record was ${entry.action === 'create' ? 'created' : 'updated'}`;
  try {
    const assigned = assigning.refusedAlike ?? (await assignPerson(oomnitza, own, record, saas, keyFields));
    assigning.takeDown(assigned);
    if (assigned.ok) return outcome;
    return done === '' ? assigned : { ...assigned, recordWritten: true, message: `${done}; ${assigned.message}` };
  } catch (thrown) {
    if (done === '' || !(thrown instanceof SyncError) || !['authentication', 'permission'].includes(thrown.reason)) throw thrown;
    throw new SyncError(thrown.reason, `${thrown.message} (Of this person, ${done} before.)`, { hint: thrown.hint, cause: thrown });
  }
}

/** @param record what a create was answered with */
async function assignPerson(oomnitza: Oomnitza, own: PlanEntry, record: unknown, saas: SaasAssignment, keyFields: readonly string[]): Promise<WriteOutcome> {
  const userId = own.oomnitzaId ?? userIdIn(record) ?? userIdIn(await findCreated(oomnitza, own, keyFields));
  return userId === undefined ? nobodyKnown : await assign(oomnitza, userId, saas);
}

const nobodyKnown: WriteOutcome = {
  ok: false,
  unavailable: false,
  kind: 'saas unknown',
  ofAssignment: true,
  message: 'the person could not be assigned to the SaaS application: Oomnitza does not tell the id of the new record',
};

/** When the first assignments all fail alike, the next ones would too. */
const sameFailuresToStop = 50;

/** What became of the assignments of a run. Records are written whatever it was. */
export class Assigning {
  readonly #kinds = new Set<string>();
  #tried = 0;

  /** Why no further one is to be tried. */
  get refusedAlike(): WriteOutcome | undefined {
    if (this.#tried < sameFailuresToStop || this.#kinds.size !== 1 || this.#kinds.has('')) return undefined;
    const message = `the person was not assigned to the SaaS application, since the first ${sameFailuresToStop} assignments all failed alike`;
    return { ok: false, unavailable: false, kind: 'saas not attempted', ofAssignment: true, message };
  }

  takeDown(outcome: WriteOutcome): void {
    if (this.#tried >= sameFailuresToStop) return;
    this.#tried += 1;
    this.#kinds.add(outcome.ok ? '' : outcome.kind);
  }
}

function userIdIn(record: unknown): string | undefined {
  const id: unknown = Reflect.get(Object(record), 'user_id');
  return (typeof id === 'string' && id !== '') || typeof id === 'number' ? String(id) : undefined;
}
