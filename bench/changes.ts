import { standardValues, startSandbox } from '../sandbox/index.ts';
import { runAction } from '../sandbox/runner.ts';

/** What a plan in which everybody changes was like. */
export interface ChangesMeasurement {
  readonly event: string;
  readonly personalData: string;
  readonly changes: number;
  readonly peakMiB: number;
  /** Sizes of the files in bytes. */
  readonly summary: number;
  readonly csv: number;
  readonly planJson: number;
  readonly cpu: number;
}

const syncFilePath = '.github/oomnitza-user-sync.yml';
const before = 'version: 1\nsync-keys: [email]\nlimits: { updates: none }\n';
const after = `${before}fields: { cost_center: employeeId }\n`;

/** Plans for `people` of whom each differs in two fields, and reports it at each level: by hand, and for a pull request. */
export async function measureChanges(people: number): Promise<ChangesMeasurement[]> {
  const sandbox = await startSandbox({
    people,
    oomnitzaCoverage: 1,
    difference: 0,
    syncedValues: (user) => ({ ...standardValues(user), department: 'Before', last_name: `Before ${user.surname ?? ''}` }),
  });
  try {
    const measurements: ChangesMeasurement[] = [];
    sandbox.github.permissions.add('pull-requests');
    sandbox.github.propose({ [syncFilePath]: before }, { [syncFilePath]: after });
    const runs = ['workflow_dispatch', 'pull_request'].flatMap((event) => ['full', 'masked', 'none'].map((personalData) => ({ event, personalData })));
    for (const { event, personalData } of runs) {
      sandbox.requests.clear();
      const inputs = { mode: event === 'pull_request' ? 'auto' : 'plan', 'artifact-name': personalData === 'none' ? '' : 'changes', 'personal-data': personalData };
      const result = await runAction({ sandbox, event: { name: event }, syncFile: event === 'pull_request' ? after : before, inputs, measure: true, timeoutMs: 600_000 });
      if (result.exitCode !== 0) throw new Error(`the run failed:\n${result.log}`);
      const bytes = (name: string): number => Buffer.byteLength(result.file(name));
      measurements.push({
        event,
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
