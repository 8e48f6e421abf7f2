import { startSandbox } from '../sandbox/index.ts';
import { runAction } from '../sandbox/runner.ts';

/** How many writes an apply makes when nobody differs. */
export async function writesWithoutChanges(people: number): Promise<number> {
  const sandbox = await startSandbox({ people, oomnitzaCoverage: 1, difference: 0 });
  try {
    const result = await runAction({ sandbox, inputs: { mode: 'apply', 'artifact-name': '' } });
    if (result.exitCode !== 0) throw new Error(`the run failed:\n${result.log}`);
    return sandbox.requests.writes().length;
  } finally {
    await sandbox.close();
  }
}
