import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a run that has nothing to sign in with says which three ways there are',
  inputs: { mode: 'plan', 'client-secret': '' },
  givenUp: 'oomnitza',
  verify: async ({ sandbox: { github, faults }, run, again }) => {
    const none = [run];
    for (const { annotations } of none) for (const named of ['`client-secret`', '`client-certificate`', 'OIDC', '`id-token: write`']) expect(annotations[0]?.message).toContain(named);

    github.permissions.add('id-token');
    faults.add({ service: 'github', path: '/idtoken/', status: 403, body: { message: 'no' } });
    none.push(await again({ label: 'GitHub refuses', givenUp: 'oomnitza' }));
    for (const { outputs } of none) expect(outputs['failure-reason']).toBe('authentication');

    faults.add({ service: 'github', path: '/idtoken/', status: 503, headers: { 'Retry-After': '0' }, times: 6 });
    expect((await again({ label: 'GitHub is out of order', givenUp: 'oomnitza' })).outputs['failure-reason']).toBe('directory-incomplete');
  },
} satisfies Scenario;
