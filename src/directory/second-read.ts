import pMap from 'p-map';
import { SyncError } from '../errors.ts';
import type { Graph } from './graph.ts';
import type { Pace } from './pace.ts';
import type { Need } from './permissions.ts';
import type { AskedProperty } from './query.ts';
import { UserList } from './user-list.ts';
import { toTheEnd, type Entry } from './walk.ts';

/** Clauses that Graph takes in one filter. */
const mostClauses = 15;
/** When more users than this are wanted, the directory is walked through, which then gives everybody. */
const few = 20 * mostClauses;
const readsAtATime = 4;

/** What is read beside the users themselves, and how. */
export interface SecondReadOptions {
  readonly graph: Graph;
  /** Properties besides `id`. */
  readonly select: readonly string[];
  readonly expand: string | undefined;
  readonly properties: readonly AskedProperty[];
  readonly needs: readonly Need[];
  readonly pace: Pace;
  readonly notice: (sentence: string) => void;
}

/** What of a user a second read gives. */
type Part = Readonly<Record<string, unknown>>;

/**
 * Completes users by what Graph does not give together with them: it refuses `$expand` in its advanced mode and for the
 * members of groups. A few users are asked for by id; for more, the whole directory is walked through once, which costs
 * a request per thousand users instead of one per fifteen.
 */
export class SecondRead {
  readonly #options: SecondReadOptions;
  readonly #names: readonly string[];
  #everybody: ReadonlyMap<string, Part> | undefined;
  /** How many were asked for by id. */
  #asked = 0;
  /** One object for each manager, however many people they lead. */
  readonly #managers = new Map<string, unknown>();

  constructor(options: SecondReadOptions) {
    this.#options = options;
    const relationship = options.expand?.split('(')[0];
    this.#names = [...options.select, ...(relationship === undefined ? [] : [relationship])];
  }

  /** @throws SyncError `directory-incomplete` also where somebody is no longer there */
  async complete(users: readonly Entry[]): Promise<readonly Entry[]> {
    let missing = users.filter(({ id }) => this.#everybody?.has(id) !== true);
    this.#asked += missing.length;
    if (this.#everybody === undefined && this.#asked > few) {
      this.#everybody = await this.#readAll();
      missing = users.filter(({ id }) => this.#everybody?.has(id) !== true);
    }
    const found = await this.#readFew(missing);
    return users.map((user) => {
      const part = this.#everybody?.get(user.id) ?? found.get(user.id);
      if (part !== undefined) return { ...user, ...part };
      const names = this.#names.map((name) => `\`${name}\``).join(' and ');
      throw new SyncError('directory-incomplete', `The directory changed while it was read: somebody was gone when ${names} came to be read.`, { hint: 'Run again.' });
    });
  }

  async #readAll(): Promise<ReadonlyMap<string, Part>> {
    const list = this.#list(undefined);
    let parts = new Map<string, Part>();
    for await (const { page, first } of toTheEnd(() => list.walk(), this.#options.notice)) {
      if (first) parts = new Map();
      for (const user of page) parts.set(user.id, this.#partOf(user));
    }
    return parts;
  }

  async #readFew(users: readonly Entry[]): Promise<ReadonlyMap<string, Part>> {
    const parts = new Map<string, Part>();
    const starts = Array.from({ length: Math.ceil(users.length / mostClauses) }, (_none, index) => index * mostClauses);
    await pMap(
      starts,
      async (start) => {
        const clauses = users.slice(start, start + mostClauses).map(({ id }) => `id eq '${id.replaceAll("'", "''")}'`);
        const list = this.#list(clauses.join(' or '));
        for await (const { page } of toTheEnd(() => list.walk(), this.#options.notice)) {
          for (const user of page) parts.set(user.id, this.#partOf(user));
        }
      },
      { concurrency: readsAtATime },
    );
    return parts;
  }

  #list(filter: string | undefined): UserList {
    const { graph, select, expand, properties, needs, pace } = this.#options;
    return new UserList({
      graph,
      path: '/users',
      select: ['id', ...select],
      expand,
      filter: filter === undefined ? undefined : { text: filter, position: undefined },
      // The advanced mode would leave out the relationship.
      advanced: 'never',
      properties,
      needs,
      pace,
    });
  }

  #partOf(user: Entry): Part {
    return Object.fromEntries(this.#names.map((name) => [name, name === 'manager' ? this.#shared(user[name]) : user[name]]));
  }

  #shared(manager: unknown): unknown {
    const id: unknown = Reflect.get(Object(manager), 'id');
    if (typeof id !== 'string') return manager;
    const known = this.#managers.get(id);
    if (known === undefined) this.#managers.set(id, manager);
    return known ?? manager;
  }
}
