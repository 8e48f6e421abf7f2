import { expect } from '@jest/globals';
import { isRecord } from '../../../sandbox/http/exchange.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'empty pages with a next link are no end, and a user who comes twice counts once',
  world: { people: 2100, oomnitzaCoverage: 1, difference: 0 },
  inputs: { mode: 'plan' },
  arrange: ({ graph, faults }) => {
    graph.emptyPageEvery = 1;
    let earlier: unknown[] = [];
    faults.add({
      service: 'graph',
      times: Infinity,
      replace: (page) => {
        if (!isRecord(page) || !Array.isArray(page['value']) || page['value'].length === 0) return page;
        const users: unknown[] = page['value'];
        const value = [...users, ...earlier.slice(0, 5)];
        earlier = users;
        return { ...page, value };
      },
    });
  },
  verify: ({ run }) => {
    expect(run.outputs).toMatchObject({ 'directory-count': '2100', 'unchanged-count': '2100', 'conflict-count': '0' });
  },
} satisfies Scenario;
