import { SyncError } from '../errors.ts';
import { unexpectedAnswer, type Oomnitza } from './client.ts';
import { orUnavailable } from './failure.ts';

const pageSize = 500;
const mostReads = 3;
/** More than any application has; an instance that never comes to an end is not followed for ever. */
const mostUsers = 10_000_000;
const doing = 'reading the users of a SaaS application';

/** What the role of the token's user has to allow for all that the sync file's `saas` asks for. */
export const saasRight = 'see and assign users of SaaS applications, which `saas` of the sync file needs';

/** Percent-encoded, from the root of the instance. */
export function pathOfSaasUsers(application: string): string {
  return `/api/v3/saas/${encodeURIComponent(application)}/users`;
}

/**
 * Asks whether the instance has a SaaS application, without reading who is assigned to it.
 *
 * @throws SyncError `authentication`, `permission` or `target-unavailable`
 */
export async function hasSaasApplication(oomnitza: Oomnitza, application: string): Promise<boolean> {
  return (await readPage(oomnitza, application, 0, 1)) !== undefined;
}

/** Who is assigned to a SaaS application, by id of the person (`user_id`). */
export interface Assigned {
  readonly everybody: ReadonlySet<string>;
  /** Those of whom the list says that no external id is stored; one that says nothing of external ids counts for nothing. */
  readonly withoutId: ReadonlySet<string>;
}

/**
 * Reads who is assigned to a SaaS application. That the list has pages is known from the list of people only, so an
 * instance that gives all at once is good as well. Where it tells a total that what was read does not come to, the list
 * is read again.
 *
 * @returns `undefined` where there is no such application
 * @throws SyncError `authentication`, `permission` or `target-unavailable`
 */
export async function readAssigned(oomnitza: Oomnitza, application: string): Promise<Assigned | undefined> {
  for (let attempt = 1; ; attempt++) {
    // Accounts that belong to nobody may look the same.
    const elements: unknown[] = [];
    let last = '';
    let total: number | undefined;
    while (elements.length < mostUsers) {
      const page = await readPage(oomnitza, application, elements.length, pageSize);
      if (page === undefined) return undefined;
      total = page.total;
      const text = JSON.stringify(page.elements);
      // The end is an empty page, or the whole list once more.
      if (page.elements.length === 0 || text === last) break;
      last = text;
      for (const element of page.elements) elements.push(element);
      if (total !== undefined && elements.length >= total) break;
    }
    if (total === undefined || elements.length >= total) return assignedIn(elements);
    if (attempt === mostReads) {
      throw new SyncError('target-unavailable', `Oomnitza says that a SaaS application has ${total} users, and gave ${elements.length}, ${mostReads} times in a row.`, {
        hint: 'Something changes them while they are read. Run again when it is done.',
      });
    }
  }
}

interface Page {
  readonly elements: readonly unknown[];
  /** `undefined` where the instance does not tell. */
  readonly total: number | undefined;
}

/** `undefined` where there is no such application. */
async function readPage(oomnitza: Oomnitza, application: string, skip: number, limit: number): Promise<Page | undefined> {
  const parameters = { limit: String(limit), skip: String(skip) };
  const answer = await orUnavailable(oomnitza.call({ method: 'GET', path: pathOfSaasUsers(application), parameters, doing, right: saasRight }));
  if (answer.status === 404) return undefined;
  if (answer.status < 200 || answer.status > 299) throw unexpectedAnswer(answer, doing);
  if (!Array.isArray(answer.json)) throw notUnderstood('something that is no list');
  const told = answer.headers.get('x-total-count') ?? '';
  return { elements: answer.json, total: /^\d{1,15}$/.test(told) ? Number(told) : undefined };
}

/**
 * Who is assigned. That there is this list is documented, what it holds is not: not whether the person stands in the
 * element or in an object inside of it, not whether users are listed who are not, or no longer, assigned, and not whether
 * accounts are listed that belong to nobody. So whoever is named by `user_id` counts, unless a mark says otherwise, and a
 * list that names nobody in this way is not guessed at: it would have everybody assigned again in every run.
 */
function assignedIn(elements: readonly unknown[]): Assigned {
  const everybody = new Set<string>();
  const withoutId = new Set<string>();
  let isUnderstood = elements.length === 0;
  for (const element of elements) {
    const inner: unknown = Reflect.get(Object(element), 'user');
    const ids = [element, inner].map((holder): unknown => Reflect.get(Object(holder), 'user_id')).filter((id) => id !== undefined);
    if (ids.length > 0 || inner === null) isUnderstood = true;
    const marks = ['assign', 'assigned'].map((name) => String(Reflect.get(Object(element), name) ?? '').toLowerCase());
    if (marks.some((mark) => mark === 'false' || mark === '0')) continue;
    const stored: unknown = Reflect.get(Object(element), 'user_external_id');
    for (const id of ids) {
      if ((typeof id !== 'string' || id === '') && typeof id !== 'number') continue;
      everybody.add(String(id));
      if (stored === null || stored === '') withoutId.add(String(id));
    }
  }
  if (!isUnderstood) throw notUnderstood('a list that does not say by `user_id` whom it is about');
  return { everybody, withoutId };
}

function notUnderstood(what: string): SyncError {
  return new SyncError('target-unavailable', `Oomnitza answered with ${what} while ${doing}.`, {
    hint: 'If a proxy stands between, look at what it answers. Without `saas` in the sync file these users are not read.',
  });
}
