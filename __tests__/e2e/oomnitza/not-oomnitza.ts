import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

const loginPage = '<!DOCTYPE html><html><title>Sign in</title></html>';

export default {
  title: 'an address that is no Oomnitza API is found out, in apply and in validate: a login page, a redirect, a page of nonsense',
  world: { people: 3 },
  inputs: { mode: 'apply' },
  givenUp: 'microsoft',
  arrange: ({ faults }) => {
    faults.add({ service: 'oomnitza', path: '/api/v2', status: 302, headers: { Location: 'https://sso.example/login?to=x' } });
  },
  verify: async ({ sandbox: { faults }, run, again }) => {
    const runs = [run];
    const offline = { 'tenant-id': '', 'client-id': '', 'client-secret': '' };
    let remove = faults.add({ service: 'oomnitza', times: Infinity, status: 200, body: loginPage });
    runs.push(await again({ label: 'a login page' }));
    runs.push(await again({ label: 'a login page, validate', inputs: { mode: 'validate', ...offline } }));
    remove();
    remove = faults.add({ service: 'oomnitza', path: '/api/v3/users?', times: Infinity, status: 200, body: [null] });
    runs.push(await again({ label: 'a list of nothing' }));
    remove();
    faults.add({ service: 'oomnitza', path: '/api/v2', status: 404, body: { message: 'Not found' } });
    runs.push(await again({ label: 'another API' }));
    expect(runs.map(({ outputs }) => outputs['failure-reason'])).toEqual(runs.map(() => 'target-unavailable'));
    for (const { annotations } of runs) expect(annotations[0]?.message).toContain('`oomnitza-url`');
    expect(run.annotations[0]?.message).toContain('sso.example');
  },
} satisfies Scenario;
