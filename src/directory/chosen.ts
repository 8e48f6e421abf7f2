import type { Clock } from './pace.ts';
import type { Graph } from './graph.ts';
import type { DirectoryQuery } from './query.ts';
import { readUsers, type DirectoryUser } from './users.ts';

/** Graph takes at most 15 conditions with `or` between them, and an entry makes up to two. */
const entriesAtATime = 7;

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const nowhere = { line: 1, column: 1 };

/** Some users by name, and the names that nobody answers to. */
export interface ChosenUsers {
  readonly users: readonly DirectoryUser[];
  readonly unmatched: readonly string[];
}

/**
 * Reads the users that are meant by a few user principal names, mail addresses or Entra ids, and that match the query,
 * without going through the directory.
 *
 * @throws SyncError as {@link readUsers} does
 */
export async function readChosen(graph: Graph, query: DirectoryQuery, entries: readonly string[], clock: Clock): Promise<ChosenUsers> {
  // Only with the mail address can be told who is meant by which entry.
  const properties = query.properties.some(({ name }) => name === 'mail') ? query.properties : [...query.properties, { name: 'mail', position: nowhere }];
  const users = new Map<string, DirectoryUser>();
  for (let start = 0; start < entries.length; start += entriesAtATime) {
    const meant = entries.slice(start, start + entriesAtATime).flatMap(conditionsFor).join(' or ');
    const { filter } = query;
    const narrowed = { text: filter === undefined ? meant : `(${meant}) and (${filter.text})`, position: filter?.position ?? nowhere };
    const pages = readUsers(graph, { ...query, properties, filter: narrowed }, () => undefined, clock);
    for await (const page of pages) for (const user of page.users) users.set(user.id, user);
  }
  const found = [...users.values()];
  return { users: found, unmatched: entries.filter((entry) => !found.some((user) => isMeant(user, entry))) };
}

function conditionsFor(entry: string): string[] {
  if (guid.test(entry)) return [`id eq '${entry}'`];
  const literal = `'${entry.replaceAll("'", "''")}'`;
  return [`userPrincipalName eq ${literal}`, `mail eq ${literal}`];
}

function isMeant({ id, ...user }: DirectoryUser, entry: string): boolean {
  const wanted = entry.toLowerCase();
  return [id, user['userPrincipalName'], user['mail']].some((name) => typeof name === 'string' && name.toLowerCase() === wanted);
}
