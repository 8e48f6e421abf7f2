import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

let until = 0;

export default {
  title: 'a Retry-After that is a date is waited for',
  waits: true,
  world: { people: 3 },
  inputs: { mode: 'plan' },
  arrange: ({ faults }) => {
    // HTTP dates have whole seconds.
    until = (Math.floor(Date.now() / 1000) + 2) * 1000;
    faults.add({ service: 'graph', status: 429, headers: { 'Retry-After': new Date(until).toUTCString() } });
  },
  verify: ({ run }) => {
    expect(run.outputs['directory-count']).toBe('3');
    const [, second] = run.requests.filter(({ service }) => service === 'graph');
    expect(performance.timeOrigin + (second?.startedAt ?? 0)).toBeGreaterThanOrEqual(until);
  },
} satisfies Scenario;
