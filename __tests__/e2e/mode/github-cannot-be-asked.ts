import { expect } from '@jest/globals';
import { closedAddress } from '../support/closed-address.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'where GitHub cannot be asked for the default branch’s sync file, auto applies with a warning',
  inputs: { mode: 'auto' },
  event: { name: 'schedule' },
  writes: true,
  env: { GITHUB_API_URL: closedAddress },
  arrange: ({ tenant }) => {
    tenant.addUser({ displayName: 'Ada Byron' });
  },
  verify: async ({ sandbox, run, again }) => {
    expect(run.outputs['mode']).toBe('apply');
    expect(sandbox.instance.records.size).toBe(1);
    expect(run.annotations).toMatchObject([{ level: 'warning', message: expect.stringContaining('GitHub') }]);
    const reachable = { GITHUB_API_URL: sandbox.urls.github };
    sandbox.github.permissions.delete('contents');
    const refused = await again({ label: 'the token may not read contents', env: reachable });
    sandbox.faults.add({ service: 'github', status: 502, headers: { 'Retry-After': '0' }, times: 4, body: '<html>Bad Gateway</html>' });
    const broken = await again({ label: 'GitHub is broken', env: reachable });
    const tokenless = await again({ label: 'no token', env: reachable, inputs: { 'github-token': '' } });
    sandbox.faults.add({ service: 'github', path: /contents/, status: 200, body: { type: 'symlink', target: '../shared/people.yml', size: 20, sha: 'b10b' } });
    const linked = await again({ label: 'a link that GitHub does not follow', env: reachable });
    for (const next of [refused, broken, tokenless, linked]) {
      expect(next.outputs).toMatchObject({ mode: 'apply', 'failure-reason': '' });
      expect(next.annotations).toMatchObject([{ level: 'warning' }]);
    }
  },
} satisfies Scenario;
