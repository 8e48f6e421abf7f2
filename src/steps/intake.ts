import { forEachInBatches } from '../batches.ts';
import type { DirectoryUser, Presence } from '../directory/index.ts';
import type { DesiredRecord, InstanceFit, Mapping } from '../mapping/index.ts';
import { createPlanner, explainMatch, type MatchStory, type Plan, type PlanBasis, type Planner, type Suspects } from '../plan/index.ts';

/**
 * Takes desired records as they come and hands them to a planner as soon as Oomnitza has been read. From then on a
 * page of users is planned while the next one is on its way, and no user's values are kept.
 */
export class Intake {
  #users = 0;
  #waiting: DesiredRecord[] = [];
  /** Users out of scope. */
  #waitingOutside: DesiredRecord[] = [];
  #opened: { readonly basis: PlanBasis; readonly fit: InstanceFit['desired']; planner: Planner } | undefined;

  /** Users read since the start, or since {@link restart}, in scope or not. */
  get users(): number {
    return this.#users;
  }

  /** Forgets all users, for a directory that has to be read again. */
  restart(): void {
    this.#users = 0;
    this.#waiting = [];
    this.#waitingOutside = [];
    if (this.#opened !== undefined) this.#opened.planner = createPlanner(this.#opened.basis);
  }

  /** Takes in some of the users as they were read, mapped. */
  take(users: readonly DirectoryUser[], { apply, outside }: Pick<Mapping, 'apply' | 'outside'>): void {
    this.#users += users.length;
    for (const user of users) {
      const record = apply(user);
      if (this.#opened === undefined) {
        if (record === undefined) this.#waitingOutside.push(outside(user));
        else this.#waiting.push(record);
      } else if (record === undefined) {
        this.#opened.planner.see(this.#opened.fit(outside(user)));
      } else {
        this.#opened.planner.add(this.#opened.fit(record));
      }
    }
  }

  /**
   * Hands over the users that were waiting, some at a time, so that answers which arrive meanwhile are not kept waiting.
   *
   * @param fit what makes a desired record fit the rules and the fields of the basis
   */
  async open(basis: PlanBasis, fit: InstanceFit['desired']): Promise<void> {
    const waiting = this.#waiting;
    const outside = this.#waitingOutside;
    const opened = { basis, fit, planner: createPlanner(basis) };
    const { planner } = opened;
    this.#waiting = [];
    this.#waitingOutside = [];
    this.#opened = opened;
    await forEachInBatches(outside, (record) => { planner.see(fit(record)); });
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

  /**
   * Entra ids that records carry and the directory did not give, to be looked up before {@link finish}.
   *
   * @throws TypeError before {@link open}
   */
  candidates(): readonly string[] {
    return this.#planner().candidates();
  }

  /**
   * Users who would be suspended, to look for others with the same keys before {@link finish}.
   *
   * @param presence what became of each candidate
   * @throws TypeError before {@link open}
   */
  suspects(presence: ReadonlyMap<string, Presence>): Suspects {
    return this.#planner().suspects(presence);
  }

  /**
   * Takes in users whom the sync file does not ask for, so that nobody is suspended in whose record one of them may be.
   *
   * @throws TypeError before {@link open}
   */
  seeBeside(users: readonly DirectoryUser[], { outside }: Pick<Mapping, 'outside'>): void {
    if (this.#opened === undefined) throw new TypeError('users are seen beside a plan');
    const { planner, fit } = this.#opened;
    for (const user of users) planner.seeBeside(fit(outside(user)));
  }

  /**
   * @param presence what became of each candidate
   * @throws TypeError before {@link open}
   */
  finish(presence?: ReadonlyMap<string, Presence>): Plan {
    return this.#planner().finish(this.#users, presence);
  }

  /**
   * Entries of `protect` that name nobody, after {@link finish}.
   *
   * @throws TypeError before {@link open}
   */
  namesOfNobody(): readonly string[] {
    return this.#planner().namesOfNobody();
  }

  /** Lets go of users and records, once nothing is asked any more. */
  close(): void {
    this.#opened = undefined;
  }

  #planner(): Planner {
    if (this.#opened === undefined) throw new TypeError('a plan needs both sides');
    return this.#opened.planner;
  }
}
