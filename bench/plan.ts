import { startSandbox } from '../sandbox/index.ts';
import { runAction } from '../sandbox/runner.ts';
import { floorOf } from './floor.ts';

/** What a run was like; times in milliseconds. */
export interface PlanMeasurement {
  readonly people: number;
  readonly wall: number;
  /** From the start of the process to its first request. */
  readonly loading: number;
  /** From the first request until the plan is there. */
  readonly planning: number;
  readonly floor: number;
  readonly floorCalls: number;
  readonly cpu: number;
  readonly peakMiB: number;
  readonly calls: Readonly<Record<string, number>>;
  readonly writes: number;
  readonly changes: number;
}

const latencyMs = 50;
const concurrency = 8;

/**
 * Plans, and applies when nothing is left to change, against a sandbox with `people` of whom 1 % differ. The sandbox
 * runs in this process and the action in one of its own, so that on two cores neither takes time from the other.
 */
export async function measurePlan(people: number, runs: number): Promise<PlanMeasurement[]> {
  const sandbox = await startSandbox({ people, latencyMs, oomnitzaCoverage: 1, difference: 0.01 });
  try {
    const measurements: PlanMeasurement[] = [];
    for (let run = 0; run < runs; run++) {
      sandbox.requests.clear();
      let planReadyAt = Number.NaN;
      const result = await runAction({
        sandbox,
        inputs: { mode: 'plan', 'artifact-name': '', concurrency: String(concurrency) },
        measure: true,
        timeoutMs: 300_000,
        onLine: (line, at) => {
          if (line.startsWith('Planning took')) planReadyAt = at;
        },
      });
      if (result.exitCode !== 0) throw new Error(`the run failed:\n${result.log}`);
      const firstRequestAt = result.requests[0]?.startedAt ?? Number.NaN;
      const floor = floorOf(result.requests, latencyMs, concurrency);
      measurements.push({
        people,
        wall: result.wallMs,
        loading: firstRequestAt - result.startedAt,
        planning: planReadyAt - firstRequestAt,
        floor: floor.milliseconds,
        floorCalls: floor.calls,
        cpu: result.cpuMs ?? Number.NaN,
        peakMiB: (result.maxRssBytes ?? Number.NaN) / 2 ** 20,
        calls: sandbox.requests.byKind(),
        writes: sandbox.requests.writes().length,
        changes: Number(result.outputs['update-count']) + Number(result.outputs['create-count']),
      });
    }
    return measurements;
  } finally {
    await sandbox.close();
  }
}
