import { expect } from '@jest/globals';
import { addPeople } from '../support/people.ts';
import { csvRowsOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a run that is cancelled while Oomnitza processes what it sent has failed, whatever `max-failures` allows',
  inputs: { mode: 'apply', 'oomnitza-api': 'bulk', 'max-failures': '100' },
  writes: true,
  signal: { name: 'SIGTERM', whenRequests: (requests) => requests.count({ service: 'oomnitza', method: 'GET', path: /\/api\/v3\/bulk\// }) === 2 },
  arrange: (sandbox) => {
    addPeople(sandbox, 3);
    sandbox.instance.behaviour.bulkPolls = Infinity;
  },
  verify: ({ run }) => {
    expect(run.outputs['failure-reason']).toBe('cancelled');
    expect(new Set(csvRowsOf(run).map(({ status, message }) => `${status ?? ''}: ${message ?? ''}`))).toEqual(
      new Set(['failed: The run ended in the middle of this change; the change may or may not have been written']),
    );
  },
} satisfies Scenario;
