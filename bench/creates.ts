import { startSandbox } from '../sandbox/index.ts';
import { runAction } from '../sandbox/runner.ts';

/** What creating people by one of Oomnitza's APIs was like; times in milliseconds. */
export interface CreatesMeasurement {
  readonly api: 'rest' | 'bulk';
  readonly creates: number;
  /** From the first write until the last one is answered. */
  readonly writing: number;
  /** From the first write to the last call of the run, so with all that has to be read to be certain. */
  readonly applying: number;
  /** The least that the writes can take: calls / concurrency × latency. */
  readonly floor: number;
  /** Calls to Oomnitza from the first write on. */
  readonly calls: number;
}

const latencyMs = 50;
const concurrency = 8;

/** Creates about `people` people in an instance that has nobody but those who are disabled. */
export async function measureCreates(people: number, api: 'rest' | 'bulk'): Promise<CreatesMeasurement> {
  const sandbox = await startSandbox({ people, latencyMs, oomnitzaCoverage: 0 });
  try {
    const inputs = { mode: 'apply', 'artifact-name': '', concurrency: String(concurrency), 'oomnitza-api': api };
    const result = await runAction({ sandbox, inputs, syncFile: 'version: 1\nsync-keys: [email]\npreference: create-only\nlimits: { creates: none }\n', timeoutMs: 600_000 });
    if (result.exitCode !== 0) throw new Error(`the run failed:\n${result.log}`);
    const calls = result.requests.filter(({ service }) => service === 'oomnitza');
    const writes = calls.filter(({ method }) => method !== 'GET');
    const start = writes[0]?.startedAt ?? Number.NaN;
    const since = calls.filter(({ startedAt }) => startedAt >= start);
    const end = (requests: typeof calls): number => requests.reduce((latest, { endedAt }) => Math.max(latest, endedAt ?? 0), 0);
    const floor = (writes.length / concurrency) * latencyMs;
    return { api, creates: Number(result.outputs['create-count']), writing: end(writes) - start, applying: end(since) - start, floor, calls: since.length };
  } finally {
    await sandbox.close();
  }
}
