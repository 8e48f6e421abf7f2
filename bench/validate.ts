import { startSandbox } from '../sandbox/index.ts';
import { runAction } from '../sandbox/runner.ts';

/** A sync file of some size: 100 source paths with converters, 100 expressions. */
const rules = Array.from({ length: 100 }, (_each, index) => [
  `  path_${index}: { source: [mail, onPremisesExtensionAttributes.extensionAttribute1], convert: [trim, lowercase], default: none }`,
  `  expression_${index}: { expression: 'user.department == "D${index}" ? user.city + ", " + user.country : lowercase(user.mail)' }`,
]);
const syncFile = ['version: 1', 'sync-keys: [email]', 'fields:', ...rules.flat(), ''].join('\n');

/** How long the whole process takes to check a sync file of 200 rules without credentials, in milliseconds. */
export async function measureValidate(runs: number): Promise<number[]> {
  const sandbox = await startSandbox({ people: 0 });
  try {
    const inputs = { mode: 'validate', 'artifact-name': '', 'tenant-id': '', 'client-id': '', 'client-secret': '', 'oomnitza-url': '', 'oomnitza-api-token': '' };
    const walls: number[] = [];
    for (let run = 0; run < runs; run++) {
      const { exitCode, wallMs, log } = await runAction({ sandbox, inputs, syncFile });
      if (exitCode !== 0) throw new Error(`the run failed:\n${log}`);
      walls.push(wallMs);
    }
    return walls;
  } finally {
    await sandbox.close();
  }
}
