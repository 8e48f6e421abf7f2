import { HttpFailure } from '../http/index.ts';
import type { PlanEntry } from '../plan/index.ts';
import type { Oomnitza } from './client.ts';
import { refusal, unanswered, type FailedWrite } from './outcome.ts';
import { currentRecord } from './record.ts';
import { isWebPage } from './stranger.ts';

/** How a record is named in the path of a call. */
export interface Address {
  /** Percent-encoded, from the root of the instance. */
  readonly path: string;
  /** Whether it stays the same when the change itself renames the person. */
  readonly stable: boolean;
}

type Way = 'id' | 'username';

/**
 * Finds out how the instance wants people to be addressed. The documentation calls the last part of
 * `/api/v3/users/{ident}` an identifier without saying which; the one public client uses the user name. The id is the
 * safer one, as nobody can take it over, so it is tried once, and used where the right record answers to it.
 *
 * @returns a function that gives an address, or why there is none for this record
 */
export function createAddressing(oomnitza: Oomnitza): (entry: PlanEntry) => Promise<Address | FailedWrite> {
  let question: { readonly about: PlanEntry; readonly way: Promise<Way | FailedWrite> } | undefined;
  return async (entry) => {
    for (;;) {
      const asked = (question ??= { about: entry, way: wayOf(oomnitza, entry) });
      const way = await asked.way;
      if (way === 'id') return { path: pathOf(entry.oomnitzaId ?? ''), stable: true };
      if (way === 'username') return byUsername(entry);
      // Nothing was learnt: whoever comes next asks again, about another record.
      if (question === asked) question = undefined;
      if (!isOdd(way) || asked.about === entry) return way;
    }
  };
}

/**
 * An instance that is out of order has not said anything about ids, and neither has one without the record asked for. That
 * names are understood is only known when the right record answers to its own.
 */
async function wayOf(oomnitza: Oomnitza, entry: PlanEntry): Promise<Way | FailedWrite> {
  const id = entry.oomnitzaId ?? '';
  const first = await answerTo(oomnitza, pathOf(id), id);
  // An odd answer may have been a passing one.
  const byId = isOdd(first) ? await answerTo(oomnitza, pathOf(id), id) : first;
  if (byId === 'itself') return 'id';
  if (typeof byId !== 'string' && !isOdd(byId)) return byId;
  const named = byUsername(entry);
  if (!('path' in named)) return named;
  const byName = await answerTo(oomnitza, named.path, id);
  if (byName === 'itself') return 'username';
  if (typeof byName !== 'string') return byName;
  if (typeof byId !== 'string') return byId;
  const message = byName === 'other' ? 'the record is not there any more, and somebody else has its user name' : 'the record is not there any more';
  return { ok: false, unavailable: false, kind: 'gone', message };
}

/** An answer, though none to the question; a redirect or a page may be about this path, or this moment, alone. */
function isOdd(answer: string | FailedWrite): boolean {
  return typeof answer !== 'string' && (!answer.unavailable || answer.kind.startsWith('3'));
}

/** Who answers to a path: the record with this id, nobody, another record, or something that is no answer to this question. */
async function answerTo(oomnitza: Oomnitza, path: string, id: string): Promise<'itself' | 'nobody' | 'other' | FailedWrite> {
  try {
    const answer = await oomnitza.call({ method: 'GET', path, quotable: true, doing: 'reading a person' });
    if (answer.status === 404 && !isWebPage(answer)) return 'nobody';
    if (answer.status !== 200) return refusal(answer);
    const person = currentRecord(answer.json, []);
    if (person === undefined) return { ...refusal(answer), message: `${refusal(answer).message}, and not with the record, when it was asked for it` };
    return person.userId === id ? 'itself' : 'other';
  } catch (thrown) {
    if (thrown instanceof HttpFailure) return unanswered(thrown);
    throw thrown;
  }
}

function byUsername({ username }: PlanEntry): Address | FailedWrite {
  const ident = username ?? '';
  // Without a name, or with one that is a step through folders, the path would be that of another resource.
  if (/^\.{0,2}$/.test(ident)) return { ok: false, unavailable: false, kind: 'unaddressable', message: 'the record has no user name by which it could be addressed' };
  return { path: pathOf(ident), stable: false };
}

/** The path of a person. */
export function pathOf(ident: string): string {
  return `/api/v3/users/${encodeURIComponent(ident)}`;
}
