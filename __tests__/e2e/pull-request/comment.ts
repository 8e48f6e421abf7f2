import { expect } from '@jest/globals';
import { PULL_REQUEST } from '../../../sandbox/index.ts';
import { SYNC_FILE } from '../support/proposals.ts';
import type { Scenario } from '../support/scenario.ts';

const before = 'version: 1\nsync-keys: [email]\n';
const after = `${before}fields: { cost_center: employeeId }\n`;

const hostile = ['<img src=x onerror=alert(1)> **bold** [link](http://evil.example) | `code` @octocat #1', '::error::you are fired\n##[error]you are fired \u202Egnp.exe'];

export default {
  title: 'one comment a sync file is found again among others, by its marker and by who wrote it; without the permission there is a warning',
  inputs: { mode: 'auto' },
  event: { name: 'pull_request' },
  syncFile: after,
  arrange: (sandbox) => {
    const { tenant, github } = sandbox;
    github.propose({ [SYNC_FILE]: before, 'sync/emea.yml': before }, { [SYNC_FILE]: after, 'sync/emea.yml': after });
    tenant.addUser({ displayName: 'Ada Byron', employeeId: 'CC-100' });
    for (const [index, value] of hostile.entries()) tenant.addUser({ displayName: value, userPrincipalName: `mallory${index}@contoso.com`, mail: `${index}@contoso.com`, employeeId: value });
    sandbox.syncAll();
    return undefined;
  },
  verify: async ({ sandbox: { github, faults }, run, again }) => {
    expect(run.exitCode).toBe(0);
    expect(run.summary).toContain('onerror');
    expect(run.summary).not.toMatch(/<img|\*\*bold|\]\(http:\/\/evil|@octocat|`code`|\u202E/);
    expect(run.log).not.toMatch(/^\s*(?:::|##\[)error|\u202E/m);
    expect(run.annotations).toMatchObject([{ level: 'warning', message: expect.stringContaining('`pull-requests: write`') }]);
    const never = await again({ label: 'comment: never', inputs: { comment: 'never' } });
    expect(never.requests.filter(({ path }) => path.includes('/issues/'))).toEqual([]);
    expect(never.annotations).toEqual([]);

    github.permissions.add('pull-requests');
    const marker = '<!-- oomnitza-user-sync:.github%2Foomnitza%2Duser%2Dsync.yml -->';
    // Somebody wrote the marker down, and talked a lot.
    for (let number = 0; number < 120; number += 1) github.comment(PULL_REQUEST, 'mallory', number === 0 ? `${marker}\nmine` : 'and another thing');
    await again({ label: 'among others' });
    // Two runs at the same time may both have found none.
    github.comment(PULL_REQUEST, 'github-actions[bot]', `${marker}\nof another run`);
    await again({ label: 'found again on the second page, and another one after it' });
    const emea = { workspace: { 'sync/emea.yml': after }, inputs: { 'sync-file': './sync/emea.yml' } };
    await again({ label: 'another sync file', ...emea });
    const written = github.comments.filter(({ author }) => author === 'github-actions[bot]');
    expect(written.map(({ body }) => body.split('\n')[0])).toEqual([marker, '<!-- oomnitza-user-sync:sync%2Femea.yml -->']);
    expect(github.comments[0]?.body).toContain('mine');
    for (const { body } of written) expect(body).not.toMatch(/evil|octocat|fired|onerror/);

    faults.add({ service: 'github', method: 'PATCH', status: 502, headers: { 'Retry-After': '0' }, times: 4, body: '<html>Bad Gateway</html>' });
    const broken = await again({ label: 'GitHub is broken' });
    expect(broken.annotations[0]?.message).not.toContain('pull-requests: write');
  },
} satisfies Scenario;
