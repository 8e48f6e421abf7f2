import { expect } from '@jest/globals';
import { csvRowsOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';
import { bodiesOf } from '../support/writes.ts';

export default {
  title: 'a bulk run that somebody cancels in Oomnitza ends the run, and tells what was written and what was not',
  inputs: { mode: 'apply', 'oomnitza-api': 'bulk', concurrency: '1' },
  writes: true,
  world: { people: 1000, oomnitzaCoverage: 0, seed: 3 },
  syncFile: 'version: 1\nsync-keys: [email]\npreference: create-only\nlimits: { creates: none }\n',
  arrange: ({ requests, instance }) => {
    const stopListening = requests.onArrival(() => {
      if (requests.count({ service: 'oomnitza', method: 'POST' }) < 3) return;
      for (const portion of instance.portions.values()) portion.canceled = true;
      stopListening();
    });
    return undefined;
  },
  verify: ({ sandbox: { instance }, run }) => {
    expect(run.outputs['failure-reason']).toBe('cancelled');
    const sent = bodiesOf(run, 'POST').length * 100;
    const people = Map.groupBy(csvRowsOf(run).filter(({ action }) => action === 'create'), ({ status }) => status ?? '');
    expect([...people.keys()].sort()).toEqual(['failed', 'not-attempted']);
    expect(new Set(people.get('failed')?.map(({ sync_key: key }) => key)).size).toBe(sent);
    expect(people.get('failed')?.[0]?.message).toMatch(/the bulk run was cancelled/);
    expect(instance.records.size).toBeLessThan(1000 - sent);
  },
} satisfies Scenario;
