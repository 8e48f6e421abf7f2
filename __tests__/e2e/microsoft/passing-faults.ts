import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

const NOW = { 'Retry-After': '0' };

export default {
  title: 'each passing fault of Graph is tried again, and nobody is lost',
  world: { people: 1500 },
  inputs: { mode: 'plan' },
  arrange: ({ faults }) => {
    for (const status of [429, 500, 503]) faults.add({ service: 'graph', path: '/v1.0/users', status, headers: NOW });
    faults.add({ service: 'graph', path: '/v1.0/users', status: 502, headers: NOW, body: '<html><h1>502 Bad Gateway</h1></html>' });
    for (const status of [504, 509]) faults.add({ service: 'graph', path: /skiptoken/, after: 0, status, headers: NOW });
  },
  verify: ({ run }) => {
    expect(run.outputs).toMatchObject({ 'failure-reason': '', 'directory-count': '1500' });
    expect(run.log).toMatch(/answered 429; trying again in 0\.0 s \(attempt 2 of \d+\)/);
  },
} satisfies Scenario;
