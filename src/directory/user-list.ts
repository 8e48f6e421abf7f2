import type { Position, SyncError } from '../errors.ts';
import type { HttpAnswer } from '../http/index.ts';
import type { Graph } from './graph.ts';
import type { Pace } from './pace.ts';
import type { Need } from './permissions.ts';
import type { AskedProperty } from './query.ts';
import { namedProperty, refusedQuery } from './refusal.ts';
import { walkOnce, type Entry, type FirstAnswer, type List } from './walk.ts';

/** Which list of users is read, and how. */
export interface UserListOptions {
  readonly graph: Graph;
  /** `/users`, or the members of a group. */
  readonly path: string;
  readonly select: readonly string[];
  /** A relationship that comes along; left out where Graph's advanced mode is used, since that refuses it. */
  readonly expand: string | undefined;
  /** `position`: where the sync file has it. */
  readonly filter: { readonly text: string; readonly position: Position | undefined } | undefined;
  /** Whether Graph is asked in its advanced mode: from the start, or where it refuses the filter otherwise. */
  readonly advanced: 'always' | 'as-needed' | 'never';
  /** All that the sync file asks for, to tell where a property stands that Graph does not know. */
  readonly properties: readonly AskedProperty[];
  readonly needs: readonly Need[];
  readonly pace: Pace;
  /** About as many as are wanted; without it, all. */
  readonly most?: number | undefined;
  /** What a refusal of the first page means for this list in particular. */
  readonly explain?: (answer: HttpAnswer) => SyncError | undefined;
}

/** The most that Graph gives in a page: https://learn.microsoft.com/graph/api/user-list */
const pageSize = 999;
const pageSizeWithSignIns = 500;

/** A list of users that can be walked through several times. */
export class UserList implements List {
  readonly graph: Graph;
  readonly what = 'users';
  readonly needs: readonly Need[];
  readonly pace: Pace;
  readonly most: number;
  readonly #options: UserListOptions;
  #advanced: boolean;

  constructor(options: UserListOptions) {
    this.#options = options;
    this.#advanced = options.advanced === 'always';
    this.graph = options.graph;
    this.needs = options.needs;
    this.pace = options.pace;
    this.most = options.most ?? Infinity;
  }

  /** Whether Graph's advanced mode is used; known for good once the first page is there. */
  get isAdvanced(): boolean {
    return this.#advanced;
  }

  walk(): AsyncGenerator<readonly Entry[]> {
    return walkOnce(this);
  }

  async first(): Promise<FirstAnswer> {
    const { filter, advanced, properties, explain } = this.#options;
    const answer = await this.#ask();
    const mayNeedIt = advanced === 'as-needed' && !this.#advanced && filter !== undefined;
    if (answer.status === 400 && mayNeedIt && namedProperty(answer, properties) === undefined) {
      // Filters with `ne`, `not`, `endsWith` and the like need it, of which Graph says only that it refuses them.
      this.#advanced = true;
      return this.#judged(await this.#ask());
    }
    const explained = explain?.(answer);
    if (explained !== undefined) throw explained;
    return this.#judged(answer);
  }

  async #ask(): Promise<HttpAnswer> {
    const { graph, path, select, expand, filter } = this.#options;
    await this.pace();
    const parameters = {
      $select: select.join(','),
      $top: String(Math.min(select.includes('signInActivity') ? pageSizeWithSignIns : pageSize, this.most)),
      ...(filter === undefined ? {} : { $filter: filter.text }),
      ...(this.#advanced ? { $count: 'true' } : {}),
      ...(this.#advanced || expand === undefined ? {} : { $expand: expand }),
    };
    return graph.get({ path, parameters, headers: this.#headers() });
  }

  #headers(): Record<string, string> {
    return this.#advanced ? { ConsistencyLevel: 'eventual' } : {};
  }

  #judged(answer: HttpAnswer): FirstAnswer {
    if (answer.status === 400) throw refusedQuery(answer, 'reading users', this.#options.properties, this.#options.filter?.position);
    return { answer, headers: this.#headers(), isCounted: this.#advanced };
  }
}
