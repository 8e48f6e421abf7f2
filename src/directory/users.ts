import pMap from 'p-map';
import { filtersOf, isMeant } from './chosen.ts';
import { readDevices } from './devices.ts';
import type { Graph } from './graph.ts';
import { Groups, notOfMembers } from './groups.ts';
import { paced, unpaced, type Clock, type Pace } from './pace.ts';
import { lackingOf, lackingPermissions, needsFor, needsOf, type Need } from './permissions.ts';
import { wantedOf, type AskedFilter, type DirectoryQuery, type Wanted } from './query.ts';
import { SecondRead } from './second-read.ts';
import { readAhead } from './side-by-side.ts';
import { UserList } from './user-list.ts';
import { toTheEnd, type Entry } from './walk.ts';

/** A directory user as Graph gave it: the selected properties, of whatever type they have. */
export type DirectoryUser = Entry;

/** Some of the users, none of them given before in the same walk. */
export interface DirectoryPage {
  readonly users: readonly DirectoryUser[];
  /** The walk begins (again): whatever was given before is void. */
  readonly first: boolean;
}

/** Graph answers ten requests a minute that ask for sign-ins. */
const betweenSignIns = 6_000;
/** Pages of users that are kept while the devices are being read. */
const pagesAhead = 8;
/** Filters by which named users are read at the same time. */
const filtersAtATime = 4;

/** What a read of users works with. */
interface Reading {
  readonly graph: Graph;
  readonly query: DirectoryQuery;
  readonly wanted: Wanted;
  readonly needs: readonly Need[];
  /** For requests that ask for sign-ins. */
  readonly signInPace: Pace;
  readonly notice: (sentence: string) => void;
}

/** Users, and whether they come in a way in which Graph leaves out all relationships. */
interface Source {
  readonly pages: AsyncGenerator<DirectoryPage>;
  /** Known once the first page is there. */
  readonly isAdvanced: () => boolean;
}

/**
 * Reads all users that match the query. While a page is being used the next one is already on its way.
 *
 * @param notice told what the user should know though nothing failed
 * @param clock paces requests that Graph limits
 * @throws SyncError `directory-incomplete`, `permission`, `authentication`, or `invalid-sync-file` where Graph refuses a
 * property, the filter or a group. An iteration that ends without an error has given every user.
 */
export async function* readUsers(graph: Graph, query: DirectoryQuery, notice: (sentence: string) => void, clock: Clock): AsyncGenerator<DirectoryPage> {
  const wanted = wantedOf(query);
  const needs = needsOf(query);
  const reading: Reading = { graph, query, wanted, needs, signInPace: paced(clock, betweenSignIns), notice };
  await refuseSilence(reading);
  if (wanted.select.includes('signInActivity')) {
    notice('`signInActivity` is read: Microsoft Graph gives that of 500 users at a time, ten times a minute.');
  }
  if (query.only === undefined && passesOverUntyped(query.filter)) {
    notice("`source.filter` asks for `userType eq 'Member'`, which passes over users whose `userType` is empty. A condition of `scope` such as `user.userType != \"Guest\"` does not.");
  }
  const groups = query.groups.length === 0 ? undefined : await Groups.find(graph, query);
  const sources = filtersOf(query).map((filter) => (groups === undefined ? everybody(reading, filter) : members(reading, groups, filter)));
  const areNamed = query.only !== undefined || query.having !== undefined;
  const source = !areNamed && sources[0] !== undefined ? sources[0] : together(sources, query);
  const pages = query.kind === 'intune' ? withDevices(reading, source.pages) : source.pages;
  yield* completed(reading, { ...source, pages });
}

/** `userType` can be null, which `eq` with a value does not find. */
function passesOverUntyped(filter: AskedFilter | undefined): boolean {
  return filter !== undefined && /\buserType\s+eq\s+'Member'/i.test(filter.text) && !/\buserType\s+eq\s+null/i.test(filter.text);
}

/** Where Graph would give null for want of a permission, fields would be emptied for everybody. */
async function refuseSilence({ graph, needs, notice }: Reading): Promise<void> {
  const silent = needs.filter((need) => need.silent);
  if (silent.length === 0) return;
  const granted = await graph.roles();
  if (granted === undefined) {
    const wants = silent.map(({ feature, permission }) => `${feature} needs ${permission}`).join(', ');
    notice(`The token does not tell which permissions the app registration has: ${wants}, without which Microsoft Graph gives nothing.`);
    return;
  }
  const lacking = lackingOf(silent, granted);
  if (lacking.length > 0) throw lackingPermissions(lacking, granted);
}

/** The few users whom a query names, as one page. What a filter lets through beside those of `only` is left out, whatever Graph makes of it. */
function together(sources: readonly Source[], { only }: DirectoryQuery): Source {
  const pages = async function* (): AsyncGenerator<DirectoryPage> {
    const found = await pMap(sources, async ({ pages: own }) => await allOf(own), { concurrency: filtersAtATime });
    const users = found.flat().filter((user) => only === undefined || only.some((entry) => isMeant(user, entry)));
    yield { users: [...new Map(users.map((user) => [user.id, user])).values()], first: true };
  };
  return { pages: pages(), isAdvanced: () => sources.some(({ isAdvanced }) => isAdvanced()) };
}

async function allOf(pages: AsyncGenerator<DirectoryPage>): Promise<readonly DirectoryUser[]> {
  let all: DirectoryUser[] = [];
  for await (const { users, first } of pages) {
    if (first) all = [];
    all.push(...users);
  }
  return all;
}

function everybody(reading: Reading, filter: AskedFilter | undefined): Source {
  const { graph, query, wanted, notice } = reading;
  const list = new UserList({
    graph,
    path: '/users',
    select: wanted.select,
    expand: wanted.expands[0],
    filter,
    advanced: 'as-needed',
    properties: query.properties,
    most: query.most,
    ...forSelection(reading, wanted.select),
  });
  const pages = async function* (): AsyncGenerator<DirectoryPage> {
    for await (const { page, first } of toTheEnd(() => list.walk(), notice)) yield { users: page, first };
  };
  return { pages: pages(), isAdvanced: () => list.isAdvanced };
}

function members({ wanted, notice }: Reading, groups: Groups, filter: AskedFilter | undefined): Source {
  const select = wanted.select.filter((name) => !notOfMembers.has(name));
  return { pages: groups.members(select, wanted.groups, filter, notice), isAdvanced: () => true };
}

/** Users who have a device, with their devices. */
async function* withDevices({ graph, wanted, needs, notice }: Reading, pages: AsyncGenerator<DirectoryPage>): AsyncGenerator<DirectoryPage> {
  const underway = readDevices(graph, wanted.devices, needsFor(needs, ['devices']), notice);
  // The users may fail first; whoever awaits the devices gets their failure.
  underway.catch(() => undefined);
  for await (const { users, first } of readAhead(pages, pagesAhead)) {
    const owned = await underway;
    yield {
      first,
      users: users.flatMap((user) => {
        const devices = owned.get(user.id.toLowerCase());
        return devices === undefined ? [] : [{ ...user, devices }];
      }),
    };
  }
}

/** The same users, with what had to be read apart. */
async function* completed(reading: Reading, { pages, isAdvanced }: Source): AsyncGenerator<DirectoryPage> {
  let reads: readonly SecondRead[] | undefined;
  for await (const { users, first } of pages) {
    reads ??= secondReads(reading, isAdvanced());
    let whole: readonly Entry[] = users;
    for (const read of reads) whole = await read.complete(whole);
    yield { users: reading.wanted.expands.includes('extensions') ? whole.map(withSortedExtensions) : whole, first };
  }
}

function secondReads(reading: Reading, isAdvanced: boolean): readonly SecondRead[] {
  const { graph, query, wanted, notice } = reading;
  const select = query.groups.length === 0 ? [] : wanted.select.filter((name) => notOfMembers.has(name));
  const [expand, ...others] = isAdvanced ? wanted.expands : wanted.expands.slice(1);
  const parts = [...(select.length > 0 || expand !== undefined ? [{ select, expand }] : []), ...others.map((other) => ({ select: [], expand: other }))];
  return parts.map((part) => new SecondRead({ graph, ...part, properties: query.properties, ...forSelection(reading, part.select), notice }));
}

/** Permissions and pace of a request for users that selects these properties. */
function forSelection({ needs, signInPace }: Reading, select: readonly string[]): { readonly needs: readonly Need[]; readonly pace: Pace } {
  return {
    needs: needsFor(needs, ['users', ...select]),
    pace: select.includes('signInActivity') ? signInPace : unpaced,
  };
}

/** Graph gives open extensions in no order that it would keep. */
function withSortedExtensions(user: Entry): Entry {
  const extensions: unknown = user['extensions'];
  if (!Array.isArray(extensions)) return user;
  return { ...user, extensions: extensions.toSorted((left, right) => (idOf(left) < idOf(right) ? -1 : 1)) };
}

function idOf(extension: unknown): string {
  return String(Reflect.get(Object(extension), 'id'));
}
