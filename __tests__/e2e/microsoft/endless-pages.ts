import { expect } from '@jest/globals';
import { isRecord } from '../../../sandbox/http/exchange.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a next page that is given twice ends the run instead of going round for ever',
  world: { people: 1500 },
  inputs: { mode: 'apply' },
  givenUp: 'oomnitza',
  arrange: ({ faults }) => {
    let first: unknown;
    faults.add({
      service: 'graph',
      times: Infinity,
      replace: (page) => {
        if (!isRecord(page)) return page;
        first ??= page['@odata.nextLink'];
        return { ...page, '@odata.nextLink': first };
      },
    });
  },
  verify: ({ run }) => {
    expect(run.outputs['failure-reason']).toBe('directory-incomplete');
  },
} satisfies Scenario;
