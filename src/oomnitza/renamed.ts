import type { WriteOutcome } from '../apply/index.ts';
import type { PlanEntry } from '../plan/index.ts';

/** The user names that a writer gave: a person may have a second change, and is not known by the old name any more. */
export class Renamed {
  /** By Oomnitza's id. */
  readonly #names = new Map<string | null, string>();

  /** A planned change as it has to be written by now. */
  current(planned: PlanEntry): PlanEntry {
    return { ...planned, username: this.#names.get(planned.oomnitzaId) ?? planned.username };
  }

  /** Takes down what became of a change. */
  learn({ oomnitzaId, fields }: PlanEntry, { ok }: WriteOutcome): void {
    const name = fields.find(({ field }) => field === 'username')?.after;
    if (ok && name !== undefined && name !== null) this.#names.set(oomnitzaId, String(name));
  }
}
