import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzip, type Sandbox } from '../../sandbox/index.ts';
import { trustedSandbox } from '../support/sandbox.ts';
import { runMain } from './run-main.ts';

let sandbox: Sandbox;
let workspace: string;
beforeAll(async () => {
  sandbox = await trustedSandbox({ people: 3 });
});
beforeEach(() => {
  jest.restoreAllMocks();
  workspace = join(sandbox.directory, 'workspace');
  mkdirSync(join(workspace, '.github'), { recursive: true });
  writeFileSync(join(workspace, '.github/oomnitza-user-sync.yml'), 'version: 1\nsync-keys: [email]\n');
});
afterAll(async () => {
  await sandbox.close();
});

async function run(inputs: Readonly<Record<string, string>>): ReturnType<typeof runMain> {
  return await runMain(sandbox, { inputs, environment: { GITHUB_WORKSPACE: workspace } });
}

describe('an expected plan', () => {
  test('lets the same plan pass, and no other', async () => {
    const reviewed = await run({ mode: 'plan' });
    writeFileSync(join(workspace, 'plan.json'), reviewed.file('plan.json'));
    const digest = reviewed.outputs['plan-digest'] ?? '';
    expect((await run({ mode: 'plan', 'expected-plan': 'plan.json', 'expected-plan-digest': digest })).outputs['failure-reason']).toBe('');

    const wrong = await run({ mode: 'plan', 'expected-plan': 'plan.json', 'expected-plan-digest': '0'.repeat(64) });
    expect(wrong.log).toContain('expected by `expected-plan-digest`; the other input matches.');

    const user = sandbox.tenant.addUser({ displayName: 'Ada Byron' });
    const other = await run({ mode: 'apply', 'expected-plan': 'plan.json' });
    expect(other.outputs['failure-reason']).toBe('plan-changed');
    expect(other.summary).toContain('Planned now, and not expected');
    expect(sandbox.requests.writes()).toEqual([]);
    // The digest alone does not tell what differs.
    const unknown = await run({ mode: 'apply', 'expected-plan-digest': digest });
    expect(unknown.summary).toContain('Another plan was expected');
    expect(unknown.summary).not.toContain('Planned now');
    sandbox.tenant.removeUser(user.id);
  });

  test('may be one with values hidden, as the artifact of an internal repository is: its digest counts', async () => {
    const reviewed = await run({ mode: 'plan', 'personal-data': 'masked', 'artifact-name': 'people' });
    const artifact = unzip(sandbox.github.artifact()?.content ?? Buffer.of()).get('plan.json')?.toString() ?? '';
    expect(artifact).toContain('"personalData": "masked"');
    expect(artifact).toContain(reviewed.outputs['plan-digest']);
    writeFileSync(join(workspace, 'plan.json'), artifact);
    expect((await run({ mode: 'plan', 'expected-plan': 'plan.json' })).outputs['failure-reason']).toBe('');
    const user = sandbox.tenant.addUser({ displayName: 'Ada Byron' });
    const other = await run({ mode: 'apply', 'expected-plan': 'plan.json' });
    expect(other.outputs['failure-reason']).toBe('plan-changed');
    expect(other.summary).not.toContain('Planned now');
    sandbox.tenant.removeUser(user.id);
  });

  test.each([
    ['nowhere.json', 'is not in the workspace'],
    ['../elsewhere.json', 'leads out of the workspace'],
    ['.github', 'is no file'],
    ['\0', 'cannot be read (ERR_INVALID_ARG_VALUE)'],
  ])('has to be a file in the workspace: %j', async (path, why) => {
    const { outputs, summary } = await run({ mode: 'plan', 'expected-plan': path });
    expect(outputs).toMatchObject({ 'failure-reason': 'invalid-input', 'create-count': '' });
    expect(summary).toContain(why.replaceAll('_', '&#95;'));
  });
});
