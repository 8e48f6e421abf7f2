import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Plan } from '../../src/plan/index.ts';
import { renderPlanJson, type WriteResults } from '../../src/report/index.ts';
import { entry, expectGolden, planOf, resultsOf, sample } from './samples.ts';

function jsonOf(plan: Plan | null, results: WriteResults): string {
  return [...renderPlanJson(plan, results)].join('');
}

test('golden: a run with a little of everything', () => {
  const results = resultsOf([sample.birgit, 'applied'], [sample.chen, 'failed', 'refused'], [sample.anna, 'applied'], [sample.dmitri, 'not-attempted']);
  expectGolden('plan.json', jsonOf(sample.plan, results));
});

test('without a plan there is no digest and nothing to do', () => {
  expectGolden('plan-none.json', jsonOf(null, new Map()));
});

test('any plan comes back from the text as it went in', () => {
  const value = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean(), fc.constant(null));
  const change = fc.record({ field: fc.string(), before: value, after: value });
  fc.assert(
    fc.property(fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 4 }), (changes) => {
      const plan = planOf(changes.map((fields) => entry({ fields })));
      const text = jsonOf(plan, new Map());
      expect(text.endsWith('}\n')).toBe(true);
      expect(JSON.parse(text)).toEqual({
        version: 1,
        digest: plan.digest,
        counts: { ...plan.counts, fail: 0 },
        changes: plan.entries.map((one) => {
          const { entraId, userPrincipalName, oomnitzaId, syncKey, fields, reason, message } = one;
          return { action: 'update', entraId, userPrincipalName, oomnitzaId, syncKey, fields, status: 'planned', reason, message };
        }),
        limits: [],
      });
    }),
  );
});

test('each change has a line of its own', () => {
  const entries = Array.from({ length: 1000 }, () => entry({ message: 'a\nb' }));
  expect(jsonOf(planOf(entries), new Map()).split('\n').length).toBe(1000 + 9);
});
