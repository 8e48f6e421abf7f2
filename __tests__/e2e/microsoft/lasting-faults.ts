import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

const NOW = { 'Retry-After': '0' };

export default {
  title: 'a page that cannot be read, whatever the reason, fails the run and nothing is written',
  world: { people: 1500, oomnitzaCoverage: 0.5 },
  inputs: { mode: 'apply' },
  givenUp: 'oomnitza',
  syncFile: 'version: 1\nsync-keys: [email]\nsource: { filter: accountEnabled eq true }\n',
  arrange: ({ faults }) => {
    faults.add({ service: 'graph', path: /skiptoken/, status: 503, headers: NOW, times: 6 });
  },
  verify: async ({ sandbox: { faults }, run, again }) => {
    const runs = [run];
    faults.add({ service: 'graph', path: /skiptoken/, status: 404, body: { error: { code: 'Request_ResourceNotFound', message: 'Resource does not exist.' } } });
    runs.push(await again({ label: 'not found' }));
    faults.add({ service: 'graph', path: /skiptoken/, status: 400, body: { error: { code: 'Request_BadRequest', message: 'The page token is not valid.' } } });
    runs.push(await again({ label: 'a next page that Graph itself refuses' }));
    faults.add({ service: 'graph', path: /skiptoken/, status: 200, body: '<html>Sign in to the proxy</html>' });
    runs.push(await again({ label: 'a page of a proxy' }));
    faults.add({ service: 'graph', path: /skiptoken/, replace: () => ({ value: [{ displayName: 'nobody' }] }) });
    runs.push(await again({ label: 'users without ids' }));
    expect(runs.map(({ outputs }) => outputs['failure-reason'])).toEqual(runs.map(() => 'directory-incomplete'));

    faults.add({ service: 'graph', path: /skiptoken/, status: 401, body: { error: { code: 'InvalidAuthenticationToken', message: 'The token is revoked.' } }, times: 2 });
    expect((await again({ label: 'a token that is withdrawn, and the next one as well' })).outputs['failure-reason']).toBe('authentication');
  },
} satisfies Scenario;
