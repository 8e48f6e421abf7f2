import pMap from 'p-map';
import { SyncError } from '../errors.ts';
import { waitBeforeRetry, type HttpAnswer } from '../http/index.ts';
import { graphErrorBody } from './graph-failure.ts';
import type { Graph } from './graph.ts';
import type { Clock } from './pace.ts';
import { needsOf } from './permissions.ts';
import { refusal } from './refusal.ts';

/** Where a user is: in the directory, among its deleted users, or neither. */
export type Presence = 'present' | 'unknown' | DeletedUser;

/** A user who was deleted, and can still be restored. */
export interface DeletedUser {
  /** As it was before, where Graph tells it. */
  readonly userPrincipalName: string | null;
  /** Another account may have that name now, so that it may be the same person's. */
  readonly isSucceeded: boolean;
}

/** The most questions that Graph takes at once: https://learn.microsoft.com/graph/json-batching */
const batchSize = 20;
const batchesAtATime = 4;
const mostAttempts = 6;
const doing = 'looking up users by id';

/** Of a part, whose status is its own, whatever that of the whole answer is. */
const passing = new Set([429, 500, 502, 503, 504, 509]);

/**
 * Asks for each user by id, and for those who are not there among the deleted ones, whom Graph keeps for 30 days; for those who were
 * deleted, whether another account has their name. Only Graph's own word that there is no such thing counts as an absence.
 *
 * @param ids of users, as GUIDs in lower case
 * @param onProgress told after each batch: users asked for so far
 * @returns the presence of each
 * @throws SyncError `directory-incomplete`, `permission` or `authentication` for any other answer
 */
export async function lookUpUsers(graph: Graph, ids: readonly string[], clock: Clock, onProgress: (done: number) => void = () => undefined): Promise<ReadonlyMap<string, Presence>> {
  const presence = new Map<string, Presence>();
  await pMap(
    batchesOf(ids),
    async (batch) => {
      const present = await whatIsThere({ graph, clock }, batch, (id) => `/users/${id}?$select=id,accountEnabled`, isThere);
      const absent = batch.filter((id) => !present.has(id));
      const found = await whatIsThere({ graph, clock }, absent, (id) => `/directory/deletedItems/${id}`, isThere);
      const deleted = new Map(absent.flatMap((id) => nameOfDeleted(found.get(id), id)));
      const named = absent.filter((id) => (deleted.get(id) ?? null) !== null);
      const succeeded = await whatIsThere({ graph, clock }, named, (id) => `/users/${encodeURIComponent(deleted.get(id) ?? '')}?$select=id`, mayBeThere);
      for (const id of batch) {
        const userPrincipalName = deleted.get(id);
        presence.set(id, present.has(id) ? 'present' : userPrincipalName === undefined ? 'unknown' : { userPrincipalName, isSucceeded: succeeded.has(id) });
      }
      onProgress(presence.size);
    },
    { concurrency: batchesAtATime },
  );
  return presence;
}

function batchesOf(ids: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(ids.length / batchSize) }, (_none, index) => ids.slice(index * batchSize, (index + 1) * batchSize));
}

interface Asking {
  readonly graph: Graph;
  readonly clock: Clock;
}

/** What Graph has of what it is asked for, by id; parts that pass are asked for again by themselves. */
async function whatIsThere({ graph, clock }: Asking, ids: readonly string[], urlOf: (id: string) => string, isFound: typeof isThere): Promise<ReadonlyMap<string, unknown>> {
  const there = new Map<string, unknown>();
  let open = ids;
  for (let attempt = 1; open.length > 0; attempt++) {
    const parts = await askTogether(graph, open, urlOf);
    const again = new Map<string, HttpAnswer>();
    for (const [id, answer] of parts) {
      if (passing.has(answer.status) && attempt < mostAttempts) again.set(id, answer);
      else if (await isFound(graph, id, answer)) there.set(id, answer.json);
    }
    open = [...again.keys()];
    const waits = Array.from(again.values(), ({ headers }) => waitBeforeRetry(attempt, headers.get('retry-after'), Date.now(), Math.random()));
    if (waits.length > 0) await clock.sleep(Math.max(...waits));
  }
  return there;
}

/** Groups and applications are among the deleted objects, too: https://learn.microsoft.com/graph/api/directory-deleteditems-get */
function nameOfDeleted(found: unknown, id: string): readonly [id: string, userPrincipalName: string | null][] {
  if (textAt(found, '@odata.type') !== '#microsoft.graph.user') return [];
  const name = textAt(found, 'userPrincipalName');
  // So that it can be given to somebody else, the name of a deleted user mostly begins with the user's id, without its dashes.
  const prefix = id.replaceAll('-', '');
  const own = name.toLowerCase().startsWith(prefix) ? name.slice(prefix.length) : name;
  return [[id, /^[^@]/.test(own) ? own : null]];
}

/** @throws SyncError for whatever says neither that it is there nor that it is not */
async function isThere(graph: Graph, id: string, answer: HttpAnswer): Promise<boolean> {
  if (answer.status === 200 && textAt(answer.json, 'id').toLowerCase() === id) return true;
  if (isAbsent(answer)) return false;
  throw await failureOf(graph, withoutId(answer, id));
}

/** A name may hold what no address can be made of, and nobody is suspended on a doubt. */
function mayBeThere(_graph: Graph, _id: string, answer: HttpAnswer): Promise<boolean> {
  return Promise.resolve(!isAbsent(answer));
}

function isAbsent(answer: HttpAnswer): boolean {
  return answer.status === 404 && graphErrorBody(answer).code === 'Request_ResourceNotFound';
}

/** Graph quotes what it was asked for, and failures name nobody. */
function withoutId(answer: HttpAnswer, id: string): HttpAnswer {
  const { code, message, requestId } = graphErrorBody(answer);
  return { ...answer, json: { error: { code, message: message.replaceAll(new RegExp(id, 'gi'), '…'), innerError: { 'request-id': requestId } } } };
}

async function failureOf(graph: Graph, answer: HttpAnswer): Promise<SyncError> {
  const needs = needsOf({ kind: 'entra', properties: [], filter: undefined, groups: [] });
  return await refusal(graph, answer, doing, needs);
}

async function askTogether(graph: Graph, ids: readonly string[], urlOf: (id: string) => string): Promise<ReadonlyMap<string, HttpAnswer>> {
  const answer = await graph.batch(ids.map((id) => ({ id, method: 'GET', url: urlOf(id) })));
  if (answer.status !== 200) throw await failureOf(graph, answer);
  const responses: unknown = Reflect.get(Object(answer.json), 'responses');
  const given: readonly unknown[] = Array.isArray(responses) ? responses : [];
  const parts = new Map(given.map((part) => [textAt(part, 'id'), partOf(part)]));
  // Two answers to one question may contradict each other.
  if (given.length === ids.length && ids.every((id) => parts.has(id))) return parts;
  throw new SyncError('directory-incomplete', `Microsoft Graph answered ${parts.size} of ${ids.length} questions that were asked together while ${doing}, in ${given.length} answers.`, {
    hint: 'Nothing was planned or written. Run again later; if a proxy stands between, look at what it answers.',
  });
}

/** A part in the form of an answer of its own. */
function partOf(part: unknown): HttpAnswer {
  const status: unknown = Reflect.get(Object(part), 'status');
  const given: unknown = Reflect.get(Object(part), 'headers');
  const headers = new Map(Object.entries(given ?? {}).map(([name, value]: [string, unknown]) => [name.toLowerCase(), String(value)]));
  return { status: typeof status === 'number' ? status : 0, headers: { get: (name) => headers.get(name) ?? null }, json: Reflect.get(Object(part), 'body'), text: '' };
}

function textAt(value: unknown, name: string): string {
  const text: unknown = Reflect.get(Object(value), name);
  return typeof text === 'string' ? text : '';
}
