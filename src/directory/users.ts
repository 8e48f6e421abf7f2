import { SyncError, type Position } from '../errors.ts';
import type { HttpAnswer } from '../http/index.ts';
import { graphErrorBody, graphRefusal } from './graph-failure.ts';
import type { Graph } from './graph.ts';

/** A directory user as Graph gave it: the selected properties, of whatever type they have. */
export interface DirectoryUser {
  readonly id: string;
  readonly [property: string]: unknown;
}

/** Which users to read, and which of their properties. */
export interface DirectoryQuery {
  /** Besides `id`, `userPrincipalName` and `accountEnabled`, which are always read; with the place that asks for each. */
  readonly properties: readonly { readonly name: string; readonly position: Position }[];
  /** `$filter`, sent as written. */
  readonly filter: { readonly text: string; readonly position: Position } | undefined;
}

/** Some of the users, none of them given before in the same walk. */
export interface DirectoryPage {
  readonly users: readonly DirectoryUser[];
  /** The walk begins (again): whatever was given before is void. */
  readonly first: boolean;
}

const alwaysRead = ['id', 'userPrincipalName', 'accountEnabled'];
/** The most that Graph gives in a page. */
const pageSize = 999;
const mostWalks = 4;

/** Thrown inside a walk when Graph forgot where it was; the walk then starts again. */
class ExpiredPageToken extends Error {}

/**
 * Reads all users that match the query. While a page is being used the next one is already on its way.
 *
 * @throws SyncError `directory-incomplete`, `permission`, `authentication`, or `invalid-sync-file` where Graph refuses a
 * property or the filter. An iteration that ends without an error has given every user.
 */
export async function* readUsers(graph: Graph, query: DirectoryQuery, notice: (sentence: string) => void): AsyncGenerator<DirectoryPage> {
  for (let walk = 1; ; walk++) {
    try {
      yield* walkOnce(graph, query);
      return;
    } catch (thrown) {
      if (!(thrown instanceof ExpiredPageToken)) throw thrown;
      if (walk === mostWalks) {
        throw new SyncError('directory-incomplete', `Microsoft Graph lost its place in the list of users ${mostWalks} times.`, {
          hint: 'Run again at a quieter time, or narrow the list with `source.filter`.',
        });
      }
      notice('Microsoft Graph lost its place in the list of users (Directory_ExpiredPageToken); reading again from the start.');
    }
  }
}

async function* walkOnce(graph: Graph, query: DirectoryQuery): AsyncGenerator<DirectoryPage> {
  const seen = new Set<string>();
  const links = new Set<string>();
  let underway: Promise<Page> | undefined = firstPage(graph, query);
  for (let first = true; underway !== undefined; first = false) {
    const page: Page = await underway;
    underway = page.next === undefined ? undefined : nextPage(graph, page, page.next, links);
    // When the consumer stops early nobody awaits this page; when it goes on, the await above reports the failure.
    underway?.catch(() => undefined);
    yield { users: page.users.filter(({ id }) => !seen.has(id) && seen.add(id)), first };
  }
}

interface Page {
  readonly users: readonly DirectoryUser[];
  readonly next: URL | undefined;
  /** Which the request for the next page has to carry as well. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What Graph wants for filters with `ne`, `not`, `endsWith` and the like, of which it says only that it refuses them. */
const advanced = { parameters: { $count: 'true' }, headers: { ConsistencyLevel: 'eventual' } };
const plain = { parameters: {}, headers: {} };

async function firstPage(graph: Graph, query: DirectoryQuery): Promise<Page> {
  const properties = new Set([...alwaysRead, ...query.properties.map(({ name }) => name)]);
  const parameters = {
    $select: [...properties].join(','),
    $top: String(pageSize),
    ...(query.filter === undefined ? {} : { $filter: query.filter.text }),
  };
  const ask = (way: typeof advanced | typeof plain): Promise<HttpAnswer> =>
    graph.get({ path: '/users', parameters: { ...parameters, ...way.parameters }, headers: way.headers });
  const answer = await ask(plain);
  if (answer.status !== 400) return pageOf(answer, graph.origin, plain.headers);
  const second = query.filter === undefined || namedProperty(answer, query) !== undefined ? answer : await ask(advanced);
  if (second.status === 400) throw refusedQuery(second, query);
  return pageOf(second, graph.origin, advanced.headers);
}

async function nextPage(graph: Graph, { headers }: Page, link: URL, links: Set<string>): Promise<Page> {
  if (links.has(link.href)) {
    throw new SyncError('directory-incomplete', 'Microsoft Graph gave the same next page twice, so the list of users would never end.', {
      hint: 'Run again later; this is a fault of the service.',
    });
  }
  links.add(link.href);
  // Graph does not carry the header over into its links.
  const answer = await graph.get({ link, headers });
  if (answer.status === 400 && graphErrorBody(answer).code === 'Directory_ExpiredPageToken') throw new ExpiredPageToken();
  return pageOf(answer, graph.origin, headers);
}

/** A 400 on the first page is about the query; its words name the property, else the filter is what can be wrong. */
function refusedQuery(answer: HttpAnswer, query: DirectoryQuery): SyncError {
  const { message } = graphErrorBody(answer);
  const property = namedProperty(answer, query);
  if (property !== undefined) {
    return refusedPart(property.position, `Microsoft Graph knows no property \`${property.name}\` of users`, message, 'Check the spelling of the source path.');
  }
  if (query.filter !== undefined) {
    return refusedPart(query.filter.position, 'Microsoft Graph refused `source.filter`', message, 'Correct the filter; Graph’s own words say what it did not understand.');
  }
  return graphRefusal(answer, 'reading users');
}

/** The property of the query that Graph's words name as unknown. */
function namedProperty(answer: HttpAnswer, { properties }: DirectoryQuery): DirectoryQuery['properties'][number] | undefined {
  const named = /property named '([^']+)'/.exec(graphErrorBody(answer).message)?.[1];
  return properties.find(({ name }) => name === named);
}

function refusedPart(position: Position, what: string, message: string, hint: string): SyncError {
  const sentence = `${what}: ${message}`;
  return new SyncError('invalid-sync-file', sentence, { hint, problems: [{ message: sentence, hint, position }] });
}

function pageOf(answer: HttpAnswer, origin: string, headers: Page['headers']): Page {
  if (answer.status !== 200) throw graphRefusal(answer, 'reading users');
  const { json } = answer;
  if (!isUserPage(json)) {
    throw new SyncError('directory-incomplete', 'Microsoft Graph answered with something that is no page of users.', {
      hint: 'Check `graph-url`; if a proxy stands between, look at what it answers.',
    });
  }
  return { users: json.value, next: nextLink(json['@odata.nextLink'], origin), headers };
}

function isUserPage(json: unknown): json is { value: DirectoryUser[]; '@odata.nextLink'?: unknown } {
  return typeof json === 'object' && json !== null && 'value' in json && Array.isArray(json.value) && json.value.every(isUser);
}

function isUser(value: unknown): value is DirectoryUser {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && value.id !== '';
}

/** The token goes along with every page, so a link to another host is never followed. */
function nextLink(link: unknown, origin: string): URL | undefined {
  if (link === undefined || link === null) return undefined;
  const url = typeof link === 'string' ? URL.parse(link) : null;
  if (url?.origin !== origin) {
    throw new SyncError('directory-incomplete', `Microsoft Graph pointed to a next page on another host (${url?.host ?? 'no valid link'}).`, {
      hint: 'Check `graph-url`: it must be the domain that Graph itself uses in its links.',
    });
  }
  return url;
}
