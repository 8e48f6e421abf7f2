import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

const base = { full_name: 'contoso/it-automation' };

export default {
  title: 'a run that has nothing to sign in with says which three ways there are, and why GitHub offers none',
  inputs: { mode: 'plan', 'client-secret': '' },
  givenUp: 'oomnitza',
  verify: async ({ sandbox: { github, faults }, run, again }) => {
    const fork = { name: 'pull_request', payload: { pull_request: { number: 7, head: { repo: { full_name: 'mallory/it-automation' } }, base: { ref: 'main', repo: base } } } };
    const none = [run, await again({ label: 'a pull request from a fork', givenUp: 'oomnitza', event: fork })];
    expect(none[1]?.annotations[0]?.message).toContain('a pull request from a fork');
    for (const { annotations } of none) for (const named of ['`client-secret`', '`client-certificate`', 'OIDC', '`id-token: write`']) expect(annotations[0]?.message).toContain(named);

    github.permissions.add('id-token');
    faults.add({ service: 'github', path: '/idtoken/', status: 403, body: { message: 'no' } });
    none.push(await again({ label: 'GitHub refuses', givenUp: 'oomnitza' }));
    for (const { outputs } of none) expect(outputs['failure-reason']).toBe('authentication');

    faults.add({ service: 'github', path: '/idtoken/', status: 503, headers: { 'Retry-After': '0' }, times: 6 });
    expect((await again({ label: 'GitHub is out of order', givenUp: 'oomnitza' })).outputs['failure-reason']).toBe('directory-incomplete');
  },
} satisfies Scenario;
