import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

const NOW = { 'Retry-After': '0' };

export default {
  title: 'passing faults while reading are tried again, and nobody is lost',
  world: { people: 40, oomnitzaCoverage: 1, difference: 0, oomnitzaPageLimit: 15 },
  inputs: { mode: 'plan' },
  arrange: ({ faults }) => {
    faults.add({ service: 'oomnitza', path: '/api/v2', status: 429, headers: NOW });
    faults.add({ service: 'oomnitza', path: '/api/v2', status: 503, headers: NOW, body: '<html>Down for maintenance</html>' });
    faults.add({ service: 'oomnitza', path: '/api/v3/users/meta', status: 502, headers: NOW, body: '<html>Bad Gateway</html>' });
    faults.add({ service: 'oomnitza', path: /skip=0/, status: 500, headers: NOW });
    faults.add({ service: 'oomnitza', path: /skip=14/, truncate: 'json' });
    faults.add({ service: 'oomnitza', path: /skip=28/, drop: 'before' });
  },
  verify: ({ run }) => {
    expect(run.outputs).toMatchObject({ 'failure-reason': '', 'unchanged-count': '40' });
  },
} satisfies Scenario;
