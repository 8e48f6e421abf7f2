import pMap from 'p-map';
import { SyncError } from '../errors.ts';
import type { HttpAnswer } from '../http/index.ts';
import { reserve } from '../reserved.ts';
import { graphErrorBody } from './graph-failure.ts';
import type { Graph } from './graph.ts';
import { unpaced } from './pace.ts';
import { needsFor, needsOf, type Need } from './permissions.ts';
import type { AskedFilter, AskedGroup, DirectoryQuery } from './query.ts';
import { refusal } from './refusal.ts';
import { sideBySide } from './side-by-side.ts';
import { UserList } from './user-list.ts';
import { toTheEnd, type Entry } from './walk.ts';

/** Groups that are read at the same time; each of them is a chain of pages. */
const groupsAtATime = 4;

/** Properties that lists of members are not known to give; null from there would not mean that there is nothing. */
export const notOfMembers: ReadonlySet<string> = new Set(['customSecurityAttributes', 'signInActivity']);

/** Some members of the groups, none of them given before in the same walk. */
export interface MemberPage {
  readonly users: readonly Entry[];
  readonly first: boolean;
}

/** The groups of a query, found in the directory. */
export class Groups {
  readonly #graph: Graph;
  readonly #query: DirectoryQuery;
  /** Display names by id. They are whatever somebody called the group. */
  readonly #names: ReadonlyMap<string, string>;
  readonly #needs: readonly Need[];

  private constructor(graph: Graph, query: DirectoryQuery, names: ReadonlyMap<string, string>, needs: readonly Need[]) {
    this.#graph = graph;
    this.#query = query;
    this.#names = names;
    this.#needs = needs;
  }

  /** The display name of a group; empty where it has none. */
  nameOf(id: string): string {
    return this.#names.get(id) ?? '';
  }

  /** @throws SyncError `invalid-sync-file` with each group that does not exist, `permission`, `directory-incomplete` */
  static async find(graph: Graph, query: DirectoryQuery): Promise<Groups> {
    const needs = needsOf(query);
    const unknown: AskedGroup[] = [];
    const names = new Map<string, string>();
    await pMap(
      query.groups,
      async (group) => {
        const answer = await graph.get({ path: `/groups/${group.id}`, parameters: { $select: 'id,displayName' } });
        if (isNotFound(answer)) unknown.push(group);
        else names.set(group.id, await nameIn(graph, answer, group, needs));
      },
      { concurrency: groupsAtATime },
    );
    if (unknown.length > 0) throw unknownGroups(query.groups.filter((group) => unknown.includes(group)));
    return new Groups(graph, query, names, needsFor(needs, ['groups', 'users']));
  }

  /**
   * The users who are in at least one of the groups and match the filter, whichever groups they come from.
   *
   * @param select what is read of each
   * @param withGroups whether `groups` is to hold the ids of all the groups that a user is in, in the order of the sync file
   */
  async *members(select: readonly string[], withGroups: boolean, filter: AskedFilter | undefined, notice: (sentence: string) => void): AsyncGenerator<MemberPage> {
    const counts = new Map<string, number>();
    for await (const { page, first } of toTheEnd(() => this.#walk(select, withGroups, filter, counts), notice)) yield { users: page, first };
    // Of some users alone the groups tell nothing, and these are asked for in several parts.
    if (this.#query.only === undefined) for (const group of this.#query.groups) notice(this.#told(group, counts.get(group.id) ?? 0));
  }

  async *#walk(select: readonly string[], withGroups: boolean, filter: AskedFilter | undefined, counts: Map<string, number>): AsyncGenerator<readonly Entry[]> {
    counts.clear();
    const memberships = withGroups ? await this.#memberships(filter) : undefined;
    const seen = new Set<string>();
    for await (const { group, users } of this.#pages(select, filter)) {
      checkInformation(users);
      counts.set(group.id, (counts.get(group.id) ?? 0) + users.length);
      const fresh = users.filter(({ id }) => !seen.has(id) && seen.add(id));
      yield memberships === undefined ? fresh : fresh.map((user) => ({ ...user, groups: memberships.get(user.id) ?? [group.id] }));
    }
  }

  /** The groups that each user is in. With one group there is nothing to find out. */
  async #memberships(filter: AskedFilter | undefined): Promise<ReadonlyMap<string, readonly string[]>> {
    const { groups } = this.#query;
    const memberships = new Map<string, readonly string[]>();
    if (groups.length === 1) return memberships;
    for await (const { group, users } of this.#pages(['id'], filter)) {
      for (const { id } of users) {
        const others = memberships.get(id) ?? [];
        memberships.set(id, groups.flatMap((known) => (known === group || others.includes(known.id) ? [known.id] : [])));
      }
    }
    return memberships;
  }

  /** The pages of all groups, as they come. */
  #pages(select: readonly string[], filter: AskedFilter | undefined): AsyncGenerator<{ readonly group: AskedGroup; readonly users: readonly Entry[] }> {
    const lists = this.#query.groups.map((group) => ({ group, list: this.#list(group, select, filter) }));
    return sideBySide(lists.map(({ group, list }) => () => pagesOf(group, list)), groupsAtATime);
  }

  #list(group: AskedGroup, select: readonly string[], filter: AskedFilter | undefined): UserList {
    return new UserList({
      graph: this.#graph,
      path: `/groups/${group.id}/transitiveMembers/microsoft.graph.user`,
      select,
      expand: undefined,
      filter,
      // Graph casts members to users in its advanced mode alone.
      advanced: 'always',
      properties: this.#query.properties,
      needs: this.#needs,
      pace: unpaced,
      explain: (answer) => (isNotFound(answer) ? unknownGroups([group]) : undefined),
    });
  }

  #told({ id, position }: AskedGroup, users: number): string {
    const group = reserve(`Group “${this.nameOf(id)}” (${id})`, `The group in line ${position.line}`);
    const whom = this.#query.filter === undefined ? '' : ' whom the filter matches';
    return users === 0 ? `${group} has no users${whom}.` : `${group}: ${users} ${users === 1 ? 'user' : 'users'}${whom}, members of nested groups included.`;
  }
}

async function* pagesOf(group: AskedGroup, list: UserList): AsyncGenerator<{ readonly group: AskedGroup; readonly users: readonly Entry[] }> {
  for await (const users of list.walk()) yield { group, users };
}

/**
 * Of members whom an application may not read, Graph gives the id and null for all else, with status 200
 * (https://learn.microsoft.com/graph/permissions-overview#limited-information-returned-for-inaccessible-member-objects).
 * Nobody is without a user principal name.
 */
function checkInformation(users: readonly Entry[]): void {
  const limited = users.filter((user) => typeof user['userPrincipalName'] !== 'string').length;
  if (limited === 0) return;
  throw new SyncError('permission', `Microsoft Graph gave nothing but the ids of ${limited === users.length ? 'members' : 'some members'} of the groups.`, {
    hint: 'Give the app registration the application permission User.Read.All of Microsoft Graph and grant admin consent for it.',
  });
}

async function nameIn(graph: Graph, answer: HttpAnswer, group: AskedGroup, needs: readonly Need[]): Promise<string> {
  if (answer.status !== 200) throw await refusal(graph, answer, `looking up the group ${group.id}`, needsFor(needs, ['groups']));
  const name: unknown = Reflect.get(Object(answer.json), 'displayName');
  return typeof name === 'string' ? name : '';
}

function isNotFound(answer: HttpAnswer): boolean {
  return answer.status === 404 && graphErrorBody(answer).code === 'Request_ResourceNotFound';
}

function unknownGroups(groups: readonly AskedGroup[]): SyncError {
  const hint = 'Copy the object id of the group from the Microsoft Entra admin center, and check `tenant-id`.';
  const problems = groups.map(({ id, position }) => ({ message: `The tenant has no group \`${id}\`.`, hint, position }));
  const ids = groups.map(({ id }) => `\`${id}\``).join(', ');
  return new SyncError('invalid-sync-file', `The tenant has no group ${ids}.`, { hint, problems });
}
