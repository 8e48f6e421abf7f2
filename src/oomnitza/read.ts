import pMap from 'p-map';
import { forEachInBatches } from '../batches.ts';
import { SyncError } from '../errors.ts';
import { callForAnswer, type Oomnitza } from './client.ts';
import { currentRecord, type CurrentRecord } from './record.ts';
import { TextPool } from './text-pool.ts';

/** Known to be granted; an instance may give less, and the reader goes on from what it got. */
const pageSize = 500;
const mostReads = 3;

interface ReadOptions {
  /** The fields to keep of each record. */
  readonly fields: readonly string[];
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
 * Reads all people of the instance. Pages are counted off by offset and the list may change meanwhile, so what was read
 * is held against the instance's own total, and read again where they disagree.
 *
 * @throws SyncError `authentication`, `permission` or `target-unavailable`
 */
export async function readRecords(oomnitza: Oomnitza, options: ReadOptions): Promise<CurrentRecords> {
  for (let attempt = 1; ; attempt++) {
    const { records, fields, totals } = await readOnce(oomnitza, options);
    const [total, ...others] = totals;
    if (total === undefined || (others.length === 0 && records.size === total)) return { records: [...records.values()], fields };
    const difference = `Oomnitza says that it has ${[...totals].join(', then ')} people, and gave ${records.size}`;
    if (attempt === mostReads) {
      throw new SyncError('target-unavailable', `${difference}, ${mostReads} times in a row.`, {
        hint: 'Something changes people while they are read. Let no other sync or import run at the same time, and run again.',
      });
    }
    options.notice(`${difference}. The list probably changed meanwhile; reading it again.`);
  }
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
}

async function readOnce(oomnitza: Oomnitza, options: ReadOptions): Promise<Reading> {
  const reading: Reading = { records: new Map(), fields: new Set(), texts: new TextPool(), totals: new Set() };
  const first = await readPage(oomnitza, 0, reading, options);
  if (first === 0) return reading;
  const [total] = reading.totals;
  if (total === undefined) {
    await readToEmptyPage(oomnitza, first, reading, options);
    return reading;
  }
  const starts: number[] = [];
  for (let skip = first; skip < total; skip += first) starts.push(skip);
  await pMap(starts, (start) => readStretch(oomnitza, start, Math.min(start + first, total), reading, options), { concurrency: options.concurrency });
  return reading;
}

/** Without a total only an empty page is an end; a page of nothing but repeats means that offsets are ignored. */
async function readToEmptyPage(oomnitza: Oomnitza, start: number, reading: Reading, options: ReadOptions): Promise<void> {
  for (let skip = start, got = 1; got > 0; skip += got) {
    const known = reading.records.size;
    got = await readPage(oomnitza, skip, reading, options);
    if (got > 0 && reading.records.size === known) {
      throw new SyncError('target-unavailable', 'Oomnitza gave the same people again instead of the next page.', {
        hint: 'If a proxy or cache stands between, let it pass query parameters on.',
      });
    }
  }
}

/** Reads the records from one offset up to another, in as many pages as the instance makes of them. */
async function readStretch(oomnitza: Oomnitza, start: number, end: number, reading: Reading, options: ReadOptions): Promise<void> {
  for (let skip = start, got = 1; got > 0 && skip < end; skip += got) {
    got = await readPage(oomnitza, skip, reading, options);
  }
}

async function readPage(oomnitza: Oomnitza, skip: number, reading: Reading, options: ReadOptions): Promise<number> {
  const answer = await callForAnswer(oomnitza, {
    method: 'GET',
    path: '/api/v3/users',
    // Offsets only hold still under an order that does.
    parameters: { limit: String(pageSize), skip: String(skip), sortby: 'user_id asc' },
    doing: 'reading people',
  });
  const { json } = answer;
  if (!Array.isArray(json)) throw noListOfPeople();
  await forEachInBatches(json, (element: unknown) => { keep(element, skip === 0, reading, options.fields); });
  const total = answer.headers.get('x-total-count') ?? '';
  if (/^\d{1,15}$/.test(total)) reading.totals.add(Number(total));
  options.onProgress(reading.records.size, [...reading.totals].at(-1));
  return json.length;
}

function keep(element: unknown, onFirstPage: boolean, reading: Reading, asked: readonly string[]): void {
  const record = currentRecord(element, asked, reading.texts.share);
  if (record === undefined || typeof element !== 'object' || element === null) throw noListOfPeople();
  // An instance may leave empty fields out, so that only some people tell that there is such a field.
  const told = onFirstPage ? Object.keys(element) : asked.filter((field) => !reading.fields.has(field) && Object.hasOwn(element, field));
  for (const name of told) reading.fields.add(name);
  reading.records.set(record.userId, record);
}

function noListOfPeople(): SyncError {
  return new SyncError('target-unavailable', 'Oomnitza answered with something that is no list of people.', {
    hint: 'Check that `oomnitza-url` is the address of your Oomnitza instance; if a proxy stands between, look at what it answers.',
  });
}
