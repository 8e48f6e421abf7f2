import { expect, test } from '@jest/globals';
import { standardValues, startSandbox } from '../../sandbox/index.ts';
import { runAction } from '../../sandbox/runner.ts';

const people = 200_000;
const path = '.github/oomnitza-user-sync.yml';
const before = 'version: 1\nsync-keys: [email]\nlimits: { updates: none }\n';
const after = `${before}fields: { cost_center: employeeId }\n`;

test('a pull request that changes everybody takes 500 MiB at most, and says it in a summary and a comment that GitHub takes', async () => {
  const sandbox = await startSandbox({ people, oomnitzaCoverage: 1, difference: 0, syncedValues: (user) => ({ ...standardValues(user), department: 'Before', last_name: 'Before' }) });
  try {
    const { github } = sandbox;
    github.permissions.add('pull-requests');
    github.propose({ [path]: before }, { [path]: after });
    const run = await runAction({ sandbox, event: { name: 'pull_request' }, syncFile: after, inputs: { mode: 'auto', 'artifact-name': 'changes' }, measure: true, timeoutMs: 230_000 });
    expect(run.outputs).toMatchObject({ 'update-count': String(people), 'failure-reason': '' });
    expect((run.maxRssBytes ?? Infinity) / 2 ** 20).toBeLessThan(500);
    expect(Buffer.byteLength(run.summary)).toBeLessThan(2 ** 20);
    expect(github.comments.map(({ body }) => body.length < 60_000 && body.includes('200,000'))).toEqual([true]);
    const rows = run.file('changes.csv').split('\r\n').filter((row) => row.startsWith('update,'));
    expect(new Set(rows.map((row) => row.split(',')[3])).size).toBe(people);
  } finally {
    await sandbox.close();
  }
});
