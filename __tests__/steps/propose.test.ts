import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { COMMITS, type Sandbox } from '../../sandbox/index.ts';
import { fromFork, rowOf, SYNC_FILE } from '../e2e/support/proposals.ts';
import { readable } from '../e2e/support/readable.ts';
import { trustedSandbox } from '../support/sandbox.ts';
import { runMain, type MainOptions, type MainResult } from './run-main.ts';

const before = 'version: 1\nsync-keys: [email]\n';
const after = `${before}fields: { cost_center: employeeId }\n`;

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await trustedSandbox({ people: 0 });
  sandbox.github.permissions.add('pull-requests');
  for (const name of ['Ada Byron', 'Grace Hopper']) sandbox.tenant.addUser({ displayName: name, mobilePhone: '+47 22', employeeId: name.slice(0, 3), department: 'IT' });
  sandbox.syncAll();
});
afterEach(async () => {
  await sandbox.close();
});

/** Proposes one sync file in place of another. */
async function propose(base: string, head: string, options: MainOptions = {}): Promise<MainResult> {
  sandbox.github.propose({ [SYNC_FILE]: base }, { [SYNC_FILE]: head });
  return await runMain(sandbox, { event: 'pull_request', syncFile: head, ...options });
}

const records = ({ summary }: MainResult): readonly string[] | undefined => rowOf(summary, '**Records**');

describe('over one read', () => {
  test('both are planned, with what either of them needs', async () => {
    const result = await propose(`${before}fields: { phone_number: mobilePhone }\n`, after);
    expect(records(result)).toEqual(['2', '2', '0']);
    expect(sandbox.requests.count({ service: 'graph', path: '/v1.0/users' })).toBe(1);
    expect(sandbox.requests.count({ service: 'oomnitza', path: '/api/v3/users?' })).toBe(1);
    expect(result.outputs).toMatchObject({ 'update-count': '2', 'has-changes': 'true' });
    expect(result.file('plan.json')).not.toContain('phone_number');
  });

  test('fields that the instance lacks are left out of both, and told once', async () => {
    sandbox.instance.removeField('mail_nickname');
    const result = await propose(before, after);
    expect(records(result)).toEqual(['2', '0', '0']);
    expect(result.summary.match(/Left out of the preset/g)).toHaveLength(1);
  });

  test('an instance that does not tell its fields is held against both', async () => {
    sandbox.instance.behaviour.metadata = false;
    expect(records(await propose(before, after))).toEqual(['2', '0', '0']);
  });

  test('a directory that loses its place is read again for both', async () => {
    const lost = `${sandbox.urls.graph}/v1.0/users?$skiptoken=lost`;
    sandbox.faults.add({ service: 'graph', replace: (body) => Object.assign({}, body, { '@odata.nextLink': lost }) });
    sandbox.faults.add({ service: 'graph', path: /skiptoken=lost/, status: 400, body: { error: { code: 'Directory_ExpiredPageToken', message: 'expired' } } });
    expect(records(await propose(before, after))).toEqual(['2', '0', '0']);
  });

  test('a limit that both exceed is a warning, with its numbers', async () => {
    const replacing = `${before}fields: { department: employeeId }\n`;
    const result = await propose(`${replacing}limits: { updates: 1 }\n`, `${replacing}limits: { updates: 0 }\n`);
    expect(result.outputs['failure-reason']).toBe('');
    expect(result.log).toContain('::warning::Exceeded without this proposal as well, and so no reason to refuse it: people of whom a value changes: 2 of 2 records, which is 100.0%25, and `updates` allows 0.');
  });

  test('the input `only` holds for both', async () => {
    const [ada] = sandbox.tenant.users.values();
    const result = await propose(before, after, { inputs: { only: ada?.userPrincipalName ?? '' } });
    expect(records(result)).toEqual(['1', '0', '0']);
    expect(result.summary.match(/Only the users whom/g)).toHaveLength(1);
  });

  test('two filters are two walks, and a group is one', async () => {
    const result = await propose(before, `${before}source: { filter: "department eq 'Sales'", min-users: 0 }\n`);
    expect(result.outputs).toMatchObject({ 'directory-count': '0', 'failure-reason': '' });
    expect(sandbox.requests.count({ service: 'graph', path: '/v1.0/users' })).toBe(2);
    const group = sandbox.tenant.addGroup({ members: [...sandbox.tenant.users.keys()] });
    const app = [...sandbox.tenant.apps.values()][0];
    app?.appRoles.add('GroupMember.Read.All');
    const grouped = await propose(`${before}source: { groups: [${group.id}] }\n`, `${after}source: { groups: [${group.id}] }\n`);
    expect(records(grouped)).toEqual(['2', '0', '0']);
  });
});

describe('what is not compared', () => {
  test('is a user who is explained', async () => {
    const [ada] = sandbox.tenant.users.values();
    const result = await propose(before, after, { inputs: { explain: ada?.userPrincipalName ?? '' } });
    expect(result.summary).toContain('explained');
    expect(sandbox.requests.count({ service: 'github' })).toBe(0);
  });

  test('is a check, which comments on nothing', async () => {
    const result = await propose(before, after, { inputs: { mode: 'validate' } });
    expect(result.outputs['mode']).toBe('validate');
    expect(sandbox.requests.count({ service: 'github' })).toBe(0);
  });

  test('is a base that the directory refuses to read', async () => {
    const secret = `${before}fields: { department: customSecurityAttributes.Facts.City }\n`;
    const mended = await propose(secret, after);
    expect(mended.outputs).toMatchObject({ 'failure-reason': '', 'update-count': '2' });
    expect(readable(mended.summary)).toContain('The base’s sync file cannot be planned');
    // What the instance does not have is in the way of the base alone, which is the very thing that is mended.
    sandbox.faults.add({ service: 'oomnitza', path: '/api/v3/locations', times: Infinity, status: 404, body: '{}' });
    const located = await propose(`${before}fields: { office: { source: officeLocation, convert: [location] } }\n`, after);
    expect(located.outputs).toMatchObject({ 'failure-reason': '', 'update-count': '2' });
    sandbox.faults.clear();
    const broken = await propose(after, secret);
    expect(broken.outputs).toMatchObject({ 'failure-reason': 'permission' });
  });

  test('is what cannot be read at all', async () => {
    sandbox.faults.add({ service: 'oomnitza', path: '/api/v3/users?', times: Infinity, status: 404, body: '{}' });
    const result = await propose(before, after);
    expect(result.outputs['failure-reason']).toBe('target-unavailable');
    expect(sandbox.requests.count({ service: 'oomnitza', path: '/api/v3/users?' })).toBe(1);
  });
});

describe('the base’s sync file', () => {
  test('is found where it was before it was renamed', async () => {
    sandbox.github.propose({ 'old.yml': before }, { [SYNC_FILE]: after }, [{ filename: SYNC_FILE, status: 'renamed', previous_filename: 'old.yml' }]);
    const result = await runMain(sandbox, { event: 'pull_request', syncFile: after });
    expect(records(result)).toEqual(['2', '0', '0']);
    expect(readable(result.summary)).toContain('In the base the sync file is old.yml.');
  });

  test('is new where it was nowhere before', async () => {
    sandbox.github.propose({}, { [SYNC_FILE]: after }, [{ filename: SYNC_FILE, status: 'renamed', previous_filename: 'gone.yml' }]);
    expect(readable((await runMain(sandbox, { event: 'pull_request', syncFile: after })).summary)).toContain('so everything is caused by this pull request');
  });

  test('that is no sync file leaves the proposed one to be planned alone', async () => {
    for (const base of ['version: 1\nsync-keys: [emial]\n', `# ${'x'.repeat(300_000)}`]) {
      const result = await propose(base, after);
      expect(result.outputs).toMatchObject({ 'failure-reason': '', 'update-count': '2' });
      expect(readable(result.summary)).toContain('The base’s sync file is not valid');
    }
  });

  test('that is the same spares the reading, in the merge queue too', async () => {
    for (const event of ['pull_request', 'pull_request_target', 'merge_group']) {
      sandbox.requests.clear();
      const result = await propose(after, after, { event });
      expect(result.outputs).toMatchObject({ 'directory-count': '0', 'failure-reason': '' });
      expect(result.summary).toMatch(/^## ✅ The sync file is not changed here/);
      expect(sandbox.requests.count(({ service }) => service !== 'github')).toBe(0);
    }
  });

  test('that has moved on spares it as well, where the pull request does nothing to it', async () => {
    sandbox.github.propose({ [SYNC_FILE]: before }, {}, [{ filename: 'README.md', status: 'modified' }]);
    sandbox.github.commit('main', { [SYNC_FILE]: after });
    const result = await runMain(sandbox, { event: 'pull_request_target', syncFile: after });
    expect(result.summary).toMatch(/^## ✅ The sync file is not changed here/);
  });
});

describe('a pull request that leaves the sync file alone', () => {
  const wrong = 'version: 1\nsync-keys: [emial]\n';
  const target = { event: 'pull_request_target' };
  const untouched = (result: MainResult): void => {
    expect(result.outputs['failure-reason']).toBe('');
    expect(result.summary).toMatch(/^## ✅ The sync file is not changed here/);
    expect(result.log).not.toContain('::error');
    expect(sandbox.requests.count(({ service }) => service !== 'github')).toBe(0);
  };

  test('succeeds with one that is not valid on both sides', async () => {
    for (const event of ['pull_request', 'pull_request_target', 'merge_group']) untouched(await propose(wrong, wrong, { event }));
    untouched(await propose(wrong, wrong, { event: 'pull_request', payload: fromFork }));
  });

  test('succeeds with one that is on neither side', async () => {
    sandbox.github.propose({ 'README.md': '1' }, { 'README.md': '2' });
    for (const event of ['pull_request', 'pull_request_target']) {
      const result = await runMain(sandbox, { event, syncFile: null });
      untouched(result);
      expect(readable(result.summary)).toContain(`There is no ${SYNC_FILE} with this pull request, nor without it`);
    }
  });

  test('succeeds from before the base had one, or had mended it', async () => {
    for (const old of [{}, { [SYNC_FILE]: wrong }]) {
      sandbox.github.propose(old, { 'README.md': '2' });
      sandbox.github.commit('main', { [SYNC_FILE]: after });
      untouched(await runMain(sandbox, { ...target, syncFile: after }));
      const fork = await runMain(sandbox, { ...target, syncFile: after, payload: fromFork });
      untouched(fork);
      expect(fork.outputs['mode']).toBe('validate');
      expect(fork.summary).not.toContain('is checked by itself');
    }
  });

  test('needs no expected plan', async () => {
    untouched(await propose(after, after, { inputs: { 'expected-plan': 'nowhere.json' } }));
  });

  test('is told from one that deletes it, and from one without the files', async () => {
    sandbox.github.propose({ [SYNC_FILE]: before }, {}, [{ filename: SYNC_FILE, status: 'removed' }]);
    expect((await runMain(sandbox, { event: 'pull_request', syncFile: null })).outputs['failure-reason']).toBe('invalid-sync-file');
  });

  test.each([
    ['three thousand other files', Array.from({ length: 3000 }, (_, index) => ({ filename: `a/${index}`, status: 'added' as const }))],
    ['the file that a link leads to', [{ filename: 'config/real.yml', status: 'modified' as const }]],
  ])('is not told by the list of its files, which names %s', async (_name, changed) => {
    sandbox.github.propose({ [SYNC_FILE]: before }, { [SYNC_FILE]: after }, changed);
    expect(records(await runMain(sandbox, { ...target, syncFile: before }))).toEqual(['2', '0', '0']);
  });
});

describe('switched off', () => {
  const off = `${before}enabled: false\n`;

  test('by the proposal: all that was pending is no longer done', async () => {
    sandbox.tenant.addUser({ displayName: 'New Person' });
    const result = await propose(before, off);
    expect(records(result)).toEqual(['0', '1', '0']);
    expect(result.outputs).toMatchObject({ 'directory-count': '0', 'create-count': '0', 'has-changes': 'false', 'failure-reason': '' });
  });

  test('by the proposal, where the base cannot be planned', async () => {
    const result = await propose(`${before}fields: { shoe_size: city }\n`, off);
    expect(result.outputs['failure-reason']).toBe('');
    expect(readable(result.summary)).toContain('cannot be planned');
  });

  test('before the proposal, and after it', async () => {
    const on = await propose(off, after);
    expect(records(on)).toEqual(['2', '0', '0']);
    expect(readable(on.summary)).toContain('In the base the sync file is switched off');
    sandbox.requests.clear();
    const still = await propose(off, `${off}# still\n`);
    expect(still.outputs['failure-reason']).toBe('');
    expect(sandbox.requests.count(({ service }) => service !== 'github')).toBe(0);
  });
});

describe('where GitHub does not tell', () => {
  test('the base, the proposal is planned alone, with a warning', async () => {
    for (const [event, payload] of [['merge_group', { merge_group: {} }], ['pull_request', {}]] as const) {
      sandbox.github.permissions.delete('contents');
      const result = await propose(before, after, { event, payload });
      expect(result.outputs).toMatchObject({ mode: 'plan', 'update-count': '2', 'failure-reason': '' });
      expect(result.log).toContain('::warning::GitHub could not be asked for the base');
    }
  });

  test('only what is at the path instead, there is no sync file yet', async () => {
    sandbox.github.propose({ [`${SYNC_FILE}/one.yml`]: before }, { [SYNC_FILE]: after });
    const result = await runMain(sandbox, { event: 'pull_request', syncFile: after });
    expect(readable(result.summary)).toContain(`The base has no ${SYNC_FILE} yet`);
    expect(result.log).not.toContain('::warning::');
  });

  test('what a link in the base leads to, the proposal is planned alone, and not said to cause everything', async () => {
    sandbox.faults.add({ service: 'github', path: /contents/, replace: () => ({ type: 'symlink', target: '../shared/people.yml', size: 20, sha: 'b10b' }) });
    const result = await propose(after, after);
    expect(result.outputs).toMatchObject({ 'update-count': '2', 'failure-reason': '' });
    expect(result.log).toContain(`::warning::The base’s ${SYNC_FILE} is a symbolic link that leads to no file of the repository, so it is not told what this pull request causes`);
  });

  test('where the pull request left its branch, the file counts as changed', async () => {
    sandbox.github.propose({ [SYNC_FILE]: before }, {});
    sandbox.github.mergeBases.clear();
    sandbox.github.commit('main', { [SYNC_FILE]: after });
    expect(records(await runMain(sandbox, { event: 'pull_request_target', syncFile: after }))).toEqual(['0', '2', '0']);
  });

  test('the parents of the merge commit', async () => {
    sandbox.github.propose({ [SYNC_FILE]: before }, {});
    sandbox.github.parents.set(COMMITS.run, []);
    const result = await runMain(sandbox, { event: 'pull_request', syncFile: after });
    expect(result.log).toContain('is no merge commit');
  });

  test('what the pull request changes, a missing file may have been renamed, and another one counts as changed', async () => {
    sandbox.github.permissions.delete('pull-requests');
    sandbox.github.propose({}, {});
    const fresh = await runMain(sandbox, { event: 'pull_request', syncFile: after, inputs: { comment: 'never' } });
    expect(fresh.outputs).toMatchObject({ 'update-count': '2', 'failure-reason': '' });
    expect(readable(fresh.summary)).toContain('GitHub does not tell whether this pull request renames it');
    expect(readable(fresh.summary)).not.toContain(' yet, so');
    const target = await propose(before, after, { event: 'pull_request_target', inputs: { comment: 'never' } });
    expect(records(target)).toEqual(['2', '0', '0']);
  });

  test('what the merge queue holds, a missing file may have been renamed', async () => {
    sandbox.github.propose({}, {});
    for (const payload of [{ merge_group: { base_sha: COMMITS.base } }, { merge_group: { base_sha: COMMITS.base, head_sha: 'unheard-of' } }]) {
      const result = await runMain(sandbox, { event: 'merge_group', payload, syncFile: after });
      expect(readable(result.summary)).toContain('GitHub does not tell whether this merge group renames it');
    }
    const fresh = await runMain(sandbox, { event: 'merge_group', syncFile: after });
    expect(readable(fresh.summary)).toContain('yet, so everything is caused by this merge group');
  });

  test('because the run is over, nothing is planned', async () => {
    for (const event of ['pull_request', 'pull_request_target']) {
      sandbox.requests.clear();
      const stop = sandbox.requests.onArrival(() => process.emit('SIGTERM'));
      const result = await propose(before, after, { event });
      stop();
      expect(result.outputs['failure-reason']).toBe('cancelled');
      // Beside the first question there is an earlier comment to look for.
      expect(sandbox.requests.count(({ path }) => !path.includes('/comments'))).toBe(1);
    }
  });

  test('because the run ends while it is asked for a renamed file, nothing is planned', async () => {
    const stop = sandbox.requests.onArrival(() => {
      if (sandbox.requests.all.at(-1)?.path.endsWith('/files')) process.emit('SIGTERM');
    });
    sandbox.github.propose({}, {});
    const result = await runMain(sandbox, { event: 'pull_request', syncFile: after });
    stop();
    expect(result.outputs['failure-reason']).toBe('cancelled');
  });
});

describe('another event of a pull request', () => {
  const review = { event: 'pull_request_review' };

  test('is planned as a proposal, and never applied', async () => {
    expect(records(await propose(before, after, review))).toEqual(['2', '0', '0']);
    expect(sandbox.github.comments).toHaveLength(1);
    const refused = await propose(before, after, { ...review, inputs: { mode: 'apply' } });
    expect(refused.outputs['failure-reason']).toBe('invalid-input');
    expect(sandbox.requests.writes()).toEqual([]);
  });

  test('is checked alone where it is from a fork, and needs no expected plan', async () => {
    for (const event of ['pull_request_review', 'pull_request']) {
      const result = await propose(before, after, { event, payload: fromFork, inputs: { 'expected-plan': 'nowhere.json' } });
      expect(result.outputs).toMatchObject({ mode: 'validate', 'failure-reason': '' });
      expect(sandbox.requests.count(({ service }) => service !== 'github')).toBe(0);
      expect(sandbox.github.comments).toEqual([]);
    }
  });
});

test('a comment on a pull request is no way to have it applied, nor to have a sync file of unknown origin read with', async () => {
  const said = { event: 'issue_comment' };
  const refused = await propose(before, after, { ...said, inputs: { mode: 'apply' } });
  expect(refused.outputs['failure-reason']).toBe('invalid-input');
  const checked = await propose(before, after, { ...said, inputs: { mode: 'plan' } });
  expect(checked.outputs).toMatchObject({ mode: 'validate', 'failure-reason': '' });
  expect(checked.summary).toContain('This is a pull request of unknown origin');
  expect(sandbox.requests.count(({ service }) => service !== 'github')).toBe(0);
  expect(sandbox.github.comments).toEqual([]);
});

describe('pull_request_target', () => {
  const fork = { event: 'pull_request_target', payload: fromFork };

  test('from a fork is checked by what was fetched, and nobody is read', async () => {
    const result = await propose(before, 'version: 1\nsync-keys: [emial]\n', { ...fork, syncFile: before });
    expect(result.outputs).toMatchObject({ 'failure-reason': 'invalid-sync-file' });
    expect(sandbox.requests.count(({ service }) => service !== 'github')).toBe(0);
    expect(result.summary).toContain('which was fetched as data');
    const good = await propose(before, after, { ...fork, syncFile: null });
    expect(good.outputs).toMatchObject({ mode: 'validate', 'failure-reason': '' });
  });

  test('of a branch of the repository is planned by what was fetched', async () => {
    const result = await propose(before, after, { event: 'pull_request_target', syncFile: before });
    expect(records(result)).toEqual(['2', '0', '0']);
  });

  test('without the file, with a folder in its place, or with a path out of the repository', async () => {
    sandbox.github.commit('main', { 'other.yml': before });
    sandbox.github.commit(COMMITS.base, { 'other.yml': before });
    const missing = await propose(before, after, { ...fork, inputs: { 'sync-file': 'other.yml' } });
    expect(missing.log).toContain('The pull request has no file other.yml');
    const outside = await propose(before, after, { ...fork, inputs: { 'sync-file': '../other.yml' } });
    expect(outside.outputs['failure-reason']).toBe('invalid-input');
    const folder = await propose(before, after, { ...fork, inputs: { 'sync-file': '.github' } });
    expect(folder.outputs['failure-reason']).toBe('invalid-sync-file');
    expect(folder.log).toContain('The pull request’s .github is a folder, not a file. Set the input `sync-file`');
    sandbox.github.permissions.delete('contents');
    const refused = await propose(before, after, fork);
    expect(refused.log).toContain('could not be fetched from GitHub');
  });

  test('with a file that is no sync file', async () => {
    const large = await propose(before, `# ${'x'.repeat(300_000)}`, fork);
    expect(large.log).toContain('has 300002 bytes');
    sandbox.faults.add({ service: 'github', path: /contents/, replace: () => ({ type: 'file', sha: 'b10b', size: 2, content: Buffer.from([0xff, 0xfe]).toString('base64') }) });
    const binary = await propose(before, after, fork);
    expect(binary.log).toContain('not UTF-8');
  });
});
