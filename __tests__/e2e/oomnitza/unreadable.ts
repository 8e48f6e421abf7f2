import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a list of people that cannot be read to its end fails the run, and nothing is written',
  world: { people: 40, oomnitzaCoverage: 0.5, oomnitzaPageLimit: 15 },
  inputs: { mode: 'apply' },
  givenUp: 'microsoft',
  arrange: ({ faults }) => {
    faults.add({ service: 'oomnitza', path: /skip=14/, status: 503, headers: { 'Retry-After': '0' }, times: 6 });
  },
  verify: async ({ sandbox: { faults, instance }, run, again }) => {
    const runs = [run];
    faults.add({ service: 'oomnitza', path: /skip=14/, status: 404 });
    runs.push(await again({ label: 'a page that is not found' }));
    let remove = faults.add({ service: 'oomnitza', path: '/api/v3/users?', headers: { 'X-Total-Count': '21' }, times: Infinity });
    runs.push(await again({ label: 'a total that is never reached' }));
    remove();
    instance.behaviour.totals = false;
    let first: unknown;
    remove = faults.add({ service: 'oomnitza', path: '/api/v3/users?', times: Infinity, replace: (page) => (first ??= page) });
    runs.push(await again({ label: 'the same page for ever' }));
    remove();
    expect(runs.map(({ outputs }) => outputs['failure-reason'])).toEqual(runs.map(() => 'target-unavailable'));
  },
} satisfies Scenario;
