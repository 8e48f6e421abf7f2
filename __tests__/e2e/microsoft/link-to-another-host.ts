import { expect } from '@jest/globals';
import { isRecord } from '../../../sandbox/http/exchange.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a next page on another host is not followed, so that the token goes nowhere else',
  world: { people: 1500 },
  inputs: { mode: 'apply' },
  givenUp: 'oomnitza',
  arrange: ({ faults, urls }) => {
    faults.add({ service: 'graph', replace: (page) => ({ ...(isRecord(page) ? page : {}), '@odata.nextLink': `${urls.github}/v1.0/users?$skiptoken=x` }) });
  },
  verify: ({ run }) => {
    expect(run.outputs['failure-reason']).toBe('directory-incomplete');
    expect(run.requests.filter(({ service }) => service === 'github')).toEqual([]);
  },
} satisfies Scenario;
