import { expect } from '@jest/globals';
import { authorityError } from '../../../sandbox/index.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'passing faults of the sign-in service are tried again',
  world: { people: 3 },
  inputs: { mode: 'plan' },
  arrange: ({ faults }) => {
    const now = { 'Retry-After': '0' };
    faults.add({ service: 'authority', method: 'GET', status: 503, headers: now, body: '<html>Unavailable</html>' });
    faults.add({ service: 'authority', method: 'POST', ...authorityError(90033), headers: now });
    faults.add({ service: 'authority', method: 'POST', ...authorityError(90055), headers: now });
    faults.add({ service: 'authority', method: 'POST', status: 429, headers: now });
  },
  verify: ({ run }) => {
    expect(run.outputs).toMatchObject({ 'failure-reason': '', 'directory-count': '3' });
  },
} satisfies Scenario;
