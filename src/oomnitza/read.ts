import pMap from 'p-map';
import { forEachInBatches } from '../batches.ts';
import { SyncError } from '../errors.ts';
import type { HttpAnswer } from '../http/index.ts';
import { TextPool } from '../text-pool.ts';
import { callForAnswer, type Oomnitza } from './client.ts';
import { currentRecord, type CurrentRecord } from './record.ts';
import { strangerIn } from './stranger.ts';

/** Known to be granted; an instance may give less, and the reader goes on from what it got. */
const pageSize = 500;
const mostReads = 3;
/** More than any instance has; a list that never comes to an end is not followed for ever. */
const mostPeople = 10_000_000;
const doing = 'reading people';

interface ReadOptions {
  /** The fields to keep of each record. */
  readonly fields: readonly string[];
  /** Told each record as Oomnitza answered it; values are kept of those alone for which it says yes. Without it, of all. */
  readonly isWanted?: (record: object) => boolean;
  /** Pages asked for at the same time. */
  readonly concurrency: number;
  /** Told after each page: records read, and of how many where the instance says. */
  readonly onProgress: (done: number, total: number | undefined) => void;
  readonly notice: (sentence: string) => void;
}

export interface CurrentRecords {
  /** Every record once. */
  readonly records: readonly CurrentRecord[];
  /** Names of the fields that the first page of records carries, and those asked for that any record carries. */
  readonly fields: ReadonlySet<string>;
}

/**
 * Reads all people of the instance. Pages are counted off by offset and the list may change meanwhile, so each page begins
 * with the last record of the one before, and what was read is held against the instance's own total where it tells one;
 * where either does not fit, the list is read again.
 *
 * @throws SyncError `authentication`, `permission` or `target-unavailable`
 */
export async function readRecords(oomnitza: Oomnitza, options: ReadOptions): Promise<CurrentRecords> {
  const changes = new Set<string>();
  for (let attempt = 1; ; attempt++) {
    const reading = await readOnce(oomnitza, options);
    const change = changeIn(reading);
    if (change === undefined) return { records: [...reading.records.values()], fields: reading.fields };
    changes.add(change);
    if (attempt === mostReads) {
      const isLasting = changes.size === 1 && !reading.moved;
      throw new SyncError('target-unavailable', `${change}, ${mostReads} times in a row.`, { hint: isLasting ? leftOutHint : changingHint });
    }
    options.notice(`${change}. The list probably changed meanwhile; reading it again.`);
  }
}

const changingHint = 'Something changes people while they are read. Let no other sync or import run at the same time, and run again.';
const leftOutHint =
  'The same numbers each time mean that nothing changes, but that the list leaves people out whom the instance counts: archived ones probably, or those whom the role of the token’s user does not see. Give it the right to see all people; if that does not help, ask Oomnitza what their list leaves out.';

/** Why somebody may have been overlooked; `undefined` where nobody was. */
function changeIn({ records, totals, moved }: Reading): string | undefined {
  const [total, ...others] = totals;
  const fits = total === undefined || (others.length === 0 && records.size === total);
  if (!fits) return `Oomnitza says that it has ${[...totals].join(', then ')} people, and gave ${records.size}`;
  return moved ? 'People moved from one page of Oomnitza’s list to another' : undefined;
}

interface Reading {
  readonly records: Map<string, CurrentRecord>;
  readonly fields: Set<string>;
  readonly texts: TextPool;
  /**
   * What pages said of the length of the list; none where the instance does not tell. Several mean that the list changed
   * between two pages, and then somebody may have moved from a page still to be read to one that was.
   */
  readonly totals: Set<number>;
  /** By offset, who stood at the edges of pages. */
  readonly edges: Map<number, string>;
  /** Somebody else stood at an edge when the next page was read. */
  moved: boolean;
}

async function readOnce(oomnitza: Oomnitza, options: ReadOptions): Promise<Reading> {
  const reading: Reading = { records: new Map(), fields: new Set(), texts: new TextPool(), totals: new Set(), edges: new Map(), moved: false };
  const first = await readPage(oomnitza, 0, reading, options);
  if (first === 0) return reading;
  const [total] = reading.totals;
  if (total === undefined) {
    await readToEmptyPage(oomnitza, behind(0, first), reading, options);
    return reading;
  }
  const starts: number[] = [];
  for (let got = first, skip = behind(0, first); got < total; got = skip + first, skip = behind(skip, first)) starts.push(skip);
  await pMap(starts, (start) => readStretch(oomnitza, start, Math.min(start + first, total), reading, options), { concurrency: options.concurrency });
  return reading;
}

/** Where the page after one begins: with its last record, unless it has no other. */
function behind(skip: number, got: number): number {
  return skip + Math.max(1, got - 1);
}

/** Without a total only an empty page is an end. */
async function readToEmptyPage(oomnitza: Oomnitza, start: number, reading: Reading, options: ReadOptions): Promise<void> {
  let repeats = 0;
  for (let skip = start; ; ) {
    const known = reading.records.size;
    const got = await readPage(oomnitza, skip, reading, options);
    if (got === 0) return;
    // The last page may hold no more than the last record of the one before, but only one page does.
    repeats = reading.records.size === known ? repeats + 1 : 0;
    if (repeats > 1 || skip > mostPeople) {
      throw new SyncError('target-unavailable', repeats > 1 ? 'Oomnitza gave the same people again instead of the next page.' : `Oomnitza’s list of people has no end: ${mostPeople} were read.`, {
        hint: 'If a proxy or cache stands between, let it pass query parameters on.',
      });
    }
    skip = behind(skip, got);
  }
}

/** Reads the records from one offset up to another, in as many pages as the instance makes of them. */
async function readStretch(oomnitza: Oomnitza, start: number, end: number, reading: Reading, options: ReadOptions): Promise<void> {
  for (let skip = start; ; ) {
    const got = await readPage(oomnitza, skip, reading, options);
    if (got === 0 || skip + got >= end) return;
    skip = behind(skip, got);
  }
}

async function readPage(oomnitza: Oomnitza, skip: number, reading: Reading, options: ReadOptions): Promise<number> {
  const answer = await callForAnswer(oomnitza, {
    method: 'GET',
    path: '/api/v3/users',
    // Offsets only hold still under an order that does.
    parameters: { limit: String(pageSize), skip: String(skip), sortby: 'user_id asc' },
    doing,
  });
  const { json } = answer;
  if (!Array.isArray(json)) throw noListOfPeople(answer);
  let place = skip;
  await forEachInBatches(json, (element: unknown) => {
    const id = keep(element, skip === 0, reading, options);
    if (id === undefined) throw noListOfPeople(answer);
    if (place === skip || place === skip + json.length - 1) standsAt(place, id, reading);
    place += 1;
  });
  const total = answer.headers.get('x-total-count') ?? '';
  if (/^\d{1,15}$/.test(total)) reading.totals.add(Number(total));
  options.onProgress(reading.records.size, [...reading.totals].at(-1));
  return json.length;
}

function standsAt(place: number, id: string, reading: Reading): void {
  const before = reading.edges.get(place);
  if (before !== undefined && before !== id) reading.moved = true;
  reading.edges.set(place, id);
}

/** Keeps what the plan needs of a record. @returns its id; `undefined` where it is no record */
function keep(element: unknown, onFirstPage: boolean, reading: Reading, { fields: asked, isWanted }: ReadOptions): string | undefined {
  if (typeof element !== 'object' || element === null) return undefined;
  const record = currentRecord(element, isWanted?.(element) === false ? [] : asked, reading.texts.share);
  if (record === undefined) return undefined;
  // An instance may leave empty fields out, so that only some people tell that there is such a field.
  const told = onFirstPage ? Object.keys(element) : asked.filter((field) => !reading.fields.has(field) && Object.hasOwn(element, field));
  for (const name of told) reading.fields.add(name);
  reading.records.set(record.userId, record);
  return record.userId;
}

function noListOfPeople(answer: HttpAnswer): SyncError {
  const otherwise = new SyncError('target-unavailable', 'Oomnitza answered with something that is no list of people.', {
    hint: 'Check that `oomnitza-url` is the address of your Oomnitza instance; if a proxy stands between, look at what it answers.',
  });
  return strangerIn(answer, doing) ?? otherwise;
}
