import type { Oomnitza } from './client.ts';
import { plainWords } from './failure.ts';

/** What a run log says of one record. */
export interface LogLine {
  readonly words: string;
  /** All that the line holds, in lower case; a value in it may tell whom it is about. */
  readonly whole: string;
}

/** What Oomnitza's run log says of a bulk run. */
export interface RunLog {
  /** Everything that was sent has been processed. */
  readonly settled: boolean;
  /** Records that it says it did not write; `undefined` where it does not tell. */
  readonly unwritten: number | undefined;
  /** What it says of records that were not written. */
  readonly lines: readonly LogLine[];
  /** Why the run as a whole failed; empty where it did not. */
  readonly fatal: string;
}

const unknown: RunLog = { settled: false, unwritten: undefined, lines: [], fatal: '' };

/** With the waits of {@link Oomnitza.pause}, that is a minute until the run shows, and half an hour until it is processed. */
const mostLooksForRun = 8;
const mostLooks = 80;
/** Each is held against every record that was not written. */
const mostLines = 1_000;

/** How long a caller waits for a run. */
interface Waiting {
  /** Before the next look, after so many. */
  readonly pause: (looks: number) => Promise<void>;
  /** Whether not to look any further. */
  readonly ended: () => Promise<boolean>;
}

/**
 * Waits until a bulk run is processed, and gives the last that its log said.
 *
 * @param id under which the run was sent
 */
export async function awaitRunLog(oomnitza: Oomnitza, id: string, connectorName: string, { pause, ended }: Waiting): Promise<RunLog> {
  let log = unknown;
  let runId: string | undefined;
  for (let look = 1; ; look++) {
    runId ??= await findRun(oomnitza, id, connectorName);
    if (runId !== undefined) log = await readLog(oomnitza, runId);
    if (log.settled || look === (runId === undefined ? mostLooksForRun : mostLooks) || (await ended())) return log;
    await pause(look);
  }
}

async function findRun(oomnitza: Oomnitza, id: string, connectorName: string): Promise<string | undefined> {
  const path = `/api/v3/connector_run_logs/connector_${encodeURIComponent(connectorName.toLowerCase())}`;
  const { status, json } = await oomnitza.call({ method: 'GET', path, doing: 'reading the run logs' });
  const runs: readonly unknown[] = status === 200 && Array.isArray(json) ? json : [];
  const run = runs.find((candidate) => Reflect.get(Object(candidate), 'portion_correlation_id') === id);
  const runId: unknown = Reflect.get(Object(run), 'portion_id');
  return typeof runId === 'string' || typeof runId === 'number' ? String(runId) : undefined;
}

async function readLog(oomnitza: Oomnitza, runId: string): Promise<RunLog> {
  const path = `/api/v3/connector_run_logs/connectors/${encodeURIComponent(runId)}`;
  const { status, json } = await oomnitza.call({ method: 'GET', path, doing: 'reading a run log' });
  if (status !== 200) return unknown;
  const objects: unknown = Reflect.get(Object(json), 'objects');
  const logs: unknown = Reflect.get(Object(json), 'logs');
  const counts = ['failed', 'skipped', 'canceled'].map((state) => countOf(Reflect.get(Object(objects), state)));
  return {
    settled: countOf(Reflect.get(Object(objects), 'processing')) === 0,
    unwritten: counts.reduce((sum, count) => (sum === undefined || count === undefined ? undefined : sum + count), 0),
    lines: ['failed', 'skipped', 'canceled'].flatMap((state) => linesOf(Reflect.get(Object(logs), state))).slice(0, mostLines),
    fatal: linesOf(Reflect.get(Object(logs), 'Fatal Error')).map(({ words }) => words).join('; ').slice(0, 500),
  };
}

/** Whether the log gives numbers or the objects themselves is not documented. */
function countOf(told: unknown): number | undefined {
  if (Array.isArray(told)) return told.length;
  return typeof told === 'number' || (typeof told === 'string' && /^\d+$/.test(told)) ? Number(told) : undefined;
}

/** Nor is what it says of one of them: a text, or an object with a message and what it is about. */
function linesOf(told: unknown): readonly LogLine[] {
  const lines: readonly unknown[] = Array.isArray(told) ? told : [told ?? ''];
  return lines.map((line) => ({ words: plainWords(line).slice(0, 500), whole: JSON.stringify(line).toLowerCase() })).filter(({ words }) => words !== '');
}
