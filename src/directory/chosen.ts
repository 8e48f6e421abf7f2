import type { AskedFilter, DirectoryQuery } from './query.ts';
import type { Entry } from './walk.ts';

/** Graph takes at most 15 conditions with `or` between them, and an entry makes up to two. */
const entriesAtATime = 7;

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The filters with which a query is asked: its own, or those that together find the users whom `only` names. */
export function filtersOf({ filter, only }: DirectoryQuery): readonly (AskedFilter | undefined)[] {
  if (only === undefined) return [filter];
  const filters: AskedFilter[] = [];
  for (let start = 0; start < only.length; start += entriesAtATime) {
    const meant = only.slice(start, start + entriesAtATime).flatMap(conditionsFor).join(' or ');
    filters.push({ text: filter === undefined ? meant : `(${meant}) and (${filter.text})`, position: filter?.position });
  }
  return filters;
}

function conditionsFor(entry: string): string[] {
  if (guid.test(entry)) return [`id eq '${entry}'`];
  const literal = `'${entry.replaceAll("'", "''")}'`;
  return [`userPrincipalName eq ${literal}`, `mail eq ${literal}`];
}

/** Whether an entry of `only` means a user. */
export function isMeant(user: Entry, entry: string): boolean {
  return [user.id, user['userPrincipalName'], user['mail']].some((name) => isSame(name, entry));
}

/** Of users whom an entry means, the one whose id or user principal name it is; without one, the first. */
export function mostMeant<User extends Entry>(users: readonly User[], entry: string): User | undefined {
  return users.find((user) => [user.id, user['userPrincipalName']].some((name) => isSame(name, entry))) ?? users[0];
}

function isSame(name: unknown, entry: string): boolean {
  return typeof name === 'string' && name.toLowerCase() === entry.toLowerCase();
}
