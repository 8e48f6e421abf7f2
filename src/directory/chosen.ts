import type { AskedFilter, DirectoryQuery } from './query.ts';
import type { Entry } from './walk.ts';

/** Graph takes at most 15 conditions with `or` between them. */
const conditionsAtATime = 15;
/** An entry of `only` makes up to two conditions. */
const entriesAtATime = 7;

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The filters with which a query is asked: its own, or those that together find the users whom it names. */
export function filtersOf({ filter, only, having }: DirectoryQuery): readonly (AskedFilter | undefined)[] {
  if (only === undefined && having === undefined) return [filter];
  return [...portions(only ?? [], entriesAtATime, conditionsFor), ...portions(having ?? [], conditionsAtATime, ({ property, text }) => [`startsWith(${property},${literal(text)})`])].map((meant) => ({
    text: filter === undefined ? meant : `(${meant}) and (${filter.text})`,
    position: filter?.position,
  }));
}

function portions<Entry>(entries: readonly Entry[], most: number, conditions: (entry: Entry) => readonly string[]): readonly string[] {
  return Array.from({ length: Math.ceil(entries.length / most) }, (_none, index) =>
    entries
      .slice(index * most, (index + 1) * most)
      .flatMap(conditions)
      .join(' or '),
  );
}

function conditionsFor(entry: string): readonly string[] {
  return guid.test(entry) ? [equals('id', entry)] : [equals('userPrincipalName', entry), equals('mail', entry)];
}

function equals(property: string, text: string): string {
  return `${property} eq ${literal(text)}`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
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
