import { expect, test } from '@jest/globals';
import type { PlanEntry } from '../../src/plan/index.ts';
import { valuesRead } from '../../src/steps/values-read.ts';

function change(action: PlanEntry['action'], field: string, oomnitzaId: string | null = '1'): PlanEntry {
  return { action, entraId: null, userPrincipalName: null, oomnitzaId, username: null, syncKey: null, fields: [{ field, before: null, after: 'x' }], reason: null, message: '' };
}

test('what some change of the same record writes is no sign that somebody else edited it', () => {
  const [update, suspend, create, other] = [change('update', 'city'), change('suspend', 'suspended'), change('create', 'city', null), change('update', 'city', '3')];
  const writes = [update, suspend, create, other].map((entry) => ({ entry, after: [] }));
  const records = ['1', '2'].map((userId) => ({ userId, username: userId, archived: false, values: ['Kyiv', null, 'IT'] }));
  const read = valuesRead({ fields: ['city', 'suspended', 'department'], records }, writes);
  expect([update, suspend].map(read)).toEqual([[['department', 'IT']], [['department', 'IT']]]);
  // Of whom nothing was read, nothing is known.
  expect([create, other].map(read)).toEqual([[], []]);
});
