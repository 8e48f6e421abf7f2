import { standardValues, startSandbox } from '../sandbox/index.ts';
import { runAction } from '../sandbox/runner.ts';

/** What a plan in which everybody changes was like. */
export interface ChangesMeasurement {
  readonly personalData: string;
  readonly changes: number;
  readonly peakMiB: number;
  /** Sizes of the files in bytes. */
  readonly summary: number;
  readonly csv: number;
  readonly planJson: number;
  readonly cpu: number;
}

/** Plans for `people` of whom each differs in two fields, and reports it at each level. */
export async function measureChanges(people: number): Promise<ChangesMeasurement[]> {
  const sandbox = await startSandbox({
    people,
    oomnitzaCoverage: 1,
    difference: 0,
    syncedValues: (user) => ({ ...standardValues(user), department: 'Before', last_name: `Before ${user.surname ?? ''}` }),
  });
  try {
    const measurements: ChangesMeasurement[] = [];
    for (const personalData of ['full', 'masked', 'none']) {
      sandbox.requests.clear();
      const inputs = { mode: 'plan', 'artifact-name': personalData === 'none' ? '' : 'changes', 'personal-data': personalData };
      const result = await runAction({ sandbox, inputs, measure: true, timeoutMs: 600_000 });
      if (result.exitCode !== 0) throw new Error(`the run failed:\n${result.log}`);
      const bytes = (name: string): number => Buffer.byteLength(result.file(name));
      measurements.push({
        personalData,
        changes: Number(result.outputs['update-count']),
        peakMiB: (result.maxRssBytes ?? Number.NaN) / 2 ** 20,
        summary: bytes('summary.md'),
        csv: bytes('changes.csv'),
        planJson: bytes('plan.json'),
        cpu: result.cpuMs ?? Number.NaN,
      });
    }
    return measurements;
  } finally {
    await sandbox.close();
  }
}
