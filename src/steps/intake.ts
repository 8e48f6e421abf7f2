import { forEachInBatches } from '../batches.ts';
import type { DesiredRecord, InstanceFit } from '../mapping/index.ts';
import { createPlanner, explainMatch, type MatchStory, type Plan, type PlanBasis, type Planner } from '../plan/index.ts';

/**
 * Takes desired records as they come and hands them to a planner as soon as Oomnitza has been read. From then on a
 * page of users is planned while the next one is on its way, and no user's values are kept.
 */
export class Intake {
  #users = 0;
  #waiting: DesiredRecord[] = [];
  #opened: { readonly basis: PlanBasis; readonly fit: InstanceFit['desired']; planner: Planner } | undefined;

  /** Users read since the start, or since {@link restart}, in scope or not. */
  get users(): number {
    return this.#users;
  }

  /** Forgets all users, for a directory that has to be read again. */
  restart(): void {
    this.#users = 0;
    this.#waiting = [];
    if (this.#opened !== undefined) this.#opened.planner = createPlanner(this.#opened.basis);
  }

  /**
   * @param users how many were read
   * @param records of those of them who are in scope
   */
  take(users: number, records: readonly DesiredRecord[]): void {
    this.#users += users;
    if (this.#opened === undefined) {
      for (const record of records) this.#waiting.push(record);
      return;
    }
    for (const record of records) this.#opened.planner.add(this.#opened.fit(record));
  }

  /**
   * Hands over the users that were waiting, some at a time, so that answers which arrive meanwhile are not kept waiting.
   *
   * @param fit what makes a desired record fit the rules and the fields of the basis
   */
  async open(basis: PlanBasis, fit: InstanceFit['desired']): Promise<void> {
    const waiting = this.#waiting;
    const opened = { basis, fit, planner: createPlanner(basis) };
    const { planner } = opened;
    this.#waiting = [];
    this.#opened = opened;
    await forEachInBatches(waiting, (record) => { planner.add(fit(record)); });
  }

  /**
   * How one user is held against the records.
   *
   * @throws TypeError before {@link open}
   */
  explain(user: DesiredRecord): MatchStory {
    if (this.#opened === undefined) throw new TypeError('a comparison needs both sides');
    return explainMatch(this.#opened.basis, this.#opened.fit(user));
  }

  /** @throws TypeError before {@link open} */
  finish(): Plan {
    if (this.#opened === undefined) throw new TypeError('a plan needs both sides');
    return this.#opened.planner.finish(this.#users);
  }
}
