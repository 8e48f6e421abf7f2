import { SyncError } from '../errors.ts';
import { HttpFailure, type HttpAnswer } from '../http/index.ts';
import type { Oomnitza, OomnitzaCall } from './client.ts';
import { plainWords, quotableJson } from './failure.ts';

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

/** A log as it was read once. */
interface Look extends RunLog {
  /** Records that it counts as processed. */
  readonly processed: number;
  readonly isProcessing: boolean;
}

const unknown: Look = { settled: false, unwritten: undefined, lines: [], fatal: '', processed: 0, isProcessing: true };

/** With the waits of {@link Oomnitza.pause}, that is a minute until the run shows, and half an hour until it is processed. */
const mostLooksForRun = 8;
const mostLooks = 80;
/** A log that says nothing new for so many looks, with nothing being processed, has said all. */
const looksAtRest = 6;
/** Each of them was tried several times already. */
const mostFailuresInARow = 8;
/** Each is held against every record that was not written. */
const mostLines = 1_000;

/** How long a caller waits for a run. */
interface Waiting {
  /** Records of calls that were answered, and of those that may have arrived. */
  readonly sent: { readonly taken: number; readonly perhaps: number };
  /** Before the next look, after so many; told how many records are processed so far. */
  readonly pause: (looks: number, processed: number) => Promise<void>;
  /** Whether not to look any further. */
  readonly ended: () => Promise<boolean>;
  /** Told why the log is not to be read. */
  readonly onRefusal: (refusal: SyncError) => void;
}

/**
 * Waits until a bulk run is processed, and gives the last that its log said. A run may be listed before its records are
 * queued, so that it counts as processed only when as many records are as were sent.
 *
 * @param id under which the run was sent
 * @throws SyncError `authentication`
 */
export async function awaitRunLog(oomnitza: Oomnitza, id: string, connectorName: string, { sent, pause, ended, onRefusal }: Waiting): Promise<RunLog> {
  const log = new LogReader(oomnitza, id, connectorName, onRefusal);
  let last = unknown;
  let atRest = 0;
  for (let look = 1; ; look++) {
    const now = await log.read();
    const isNew = now !== undefined && (now.isProcessing || now.processed !== last.processed);
    last = now ?? last;
    atRest = isNew || now === undefined ? 0 : atRest + 1;
    const isDone = !last.isProcessing && last.processed >= sent.taken + sent.perhaps;
    // A call without an answer may never have arrived, and then its records are never counted.
    if (isDone || atRest === looksAtRest) return { ...last, settled: isDone || (last.processed > 0 && last.processed >= sent.taken) };
    if (look === (log.isFound ? mostLooks : mostLooksForRun) || log.failures === mostFailuresInARow || (await ended())) return last;
    await pause(look, last.processed);
  }
}

class LogReader {
  /** In a row. */
  failures = 0;
  readonly #oomnitza: Oomnitza;
  readonly #id: string;
  readonly #connectorName: string;
  readonly #onRefusal: (refusal: SyncError) => void;
  #runId: string | undefined;

  constructor(oomnitza: Oomnitza, id: string, connectorName: string, onRefusal: (refusal: SyncError) => void) {
    this.#oomnitza = oomnitza;
    this.#id = id;
    this.#connectorName = connectorName;
    this.#onRefusal = onRefusal;
  }

  get isFound(): boolean {
    return this.#runId !== undefined;
  }

  /** `undefined` where nothing is to be learnt. */
  async read(): Promise<Look | undefined> {
    this.#runId ??= await this.#find();
    if (this.#runId === undefined) return undefined;
    const answer = await this.#ask(`connectors/${encodeURIComponent(this.#runId)}`);
    return answer?.status === 200 ? lookAt(quotableJson(answer)) : undefined;
  }

  async #find(): Promise<string | undefined> {
    const answer = await this.#ask(`connector_${encodeURIComponent(this.#connectorName.toLowerCase())}`);
    const runs: readonly unknown[] = answer?.status === 200 && Array.isArray(answer.json) ? answer.json : [];
    const run = runs.find((candidate) => Reflect.get(Object(candidate), 'portion_correlation_id') === this.#id);
    const runId: unknown = Reflect.get(Object(run), 'portion_id');
    return typeof runId === 'string' || typeof runId === 'number' ? String(runId) : undefined;
  }

  /** That the log is not to be had now does not change what is sent. */
  async #ask(path: string): Promise<HttpAnswer | undefined> {
    const call: OomnitzaCall = { method: 'GET', path: `/api/v3/connector_run_logs/${path}`, quotable: true, doing: 'reading the run logs', right: 'see the run logs of connectors, which `oomnitza-api: bulk` needs' };
    try {
      const answer = await this.#oomnitza.call(call);
      this.failures = answer.status >= 500 ? this.failures + 1 : 0;
      return answer;
    } catch (thrown) {
      if (thrown instanceof SyncError && thrown.reason === 'permission') this.#onRefusal(thrown);
      else if (!(thrown instanceof HttpFailure)) throw thrown;
      this.failures += 1;
      return undefined;
    }
  }
}

function lookAt(json: unknown): Look {
  const objects: unknown = Reflect.get(Object(json), 'objects');
  const logs: unknown = Reflect.get(Object(json), 'logs');
  const count = (state: string): number | undefined => countOf(Reflect.get(Object(objects), state));
  const left = ['failed', 'skipped', 'canceled'];
  return {
    settled: false,
    isProcessing: count('processing') !== 0,
    processed: ['updated', 'added', 'unchanged', ...left].reduce((sum, state) => sum + (count(state) ?? 0), 0),
    unwritten: left.map(count).reduce((sum, told) => (sum === undefined || told === undefined ? undefined : sum + told), 0),
    lines: left.flatMap((state) => linesOf(Reflect.get(Object(logs), state))).slice(0, mostLines),
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
