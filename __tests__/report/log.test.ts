import { expect, test } from '@jest/globals';
import { SyncError } from '../../src/errors.ts';
import { renderLogSummary } from '../../src/report/index.ts';
import { hostileValues } from './hostile.ts';
import { entry, expectGolden, planOf, reportOf, resultsOf, sample } from './samples.ts';

test('golden: a plan', () => {
  expectGolden('plan-log.txt', `${renderLogSummary(reportOf({ plan: sample.plan })).join('\n')}\n`);
});

test('golden: an apply that went wrong in part', () => {
  const report = reportOf({
    mode: 'apply',
    plan: sample.plan,
    results: resultsOf([sample.birgit, 'applied'], [sample.chen, 'failed', 'refused'], [sample.anna, 'applied'], [sample.dmitri, 'not-attempted']),
    failure: new SyncError('cancelled', 'The run was cancelled.'),
  });
  expectGolden('apply-log.txt', `${renderLogSummary(report).join('\n')}\n`);
});

test('golden: all mistakes of a sync file', () => {
  const problems = Array.from({ length: 12 }, (_, index) => ({
    message: `unknown key \`feilds${index}\``,
    ...(index % 2 === 0 ? { hint: 'Did you mean `fields`?' } : {}),
    position: { line: index + 3, column: 1 },
  }));
  const failure = new SyncError('invalid-sync-file', 'The sync file has 12 problems.', { hint: 'Mend the lines named.', problems });
  expectGolden('problems-log.txt', `${renderLogSummary(reportOf({ mode: null, failure })).join('\n')}\n`);
});

test('what validation found good is told', () => {
  const lines = renderLogSummary(reportOf({ mode: 'validate', checks: [{ name: 'Oomnitza', detail: 'reached, 2,000 people' }] }));
  expect(lines).toEqual(['✅ The sync file is valid', '✅ Oomnitza: reached, 2,000 people']);
});

test('only the first changes, failures and fields are named, the rest is counted', () => {
  const fields = Array.from({ length: 7 }, (_, index) => ({ field: `f${index}`, before: 'x'.repeat(50), after: index }));
  const changes = Array.from({ length: 1500 }, (_, index) => entry({ userPrincipalName: `u${index}`, fields }));
  const failing = Array.from({ length: 12 }, (_, index) => entry({ userPrincipalName: `v${index}` }));
  const results = resultsOf(...failing.map((one, index) => [one, 'failed', `refused ${index}`] as const));
  const lines = renderLogSummary(reportOf({ mode: 'apply', plan: planOf([...changes, ...failing]), results }));
  expect(lines.filter((line) => line.startsWith('  update u')).length).toBe(10);
  expect(lines).toContain('  and 1,490 more changes');
  expect(lines.filter((line) => line.startsWith('  failed: update v')).length).toBe(10);
  expect(lines).toContain('  and 2 more failed');
  expect(lines[2]).toMatch(/f4 "x{39}…" → "4", 2 more$/);
});

test('a reason for which many changes failed is given once', () => {
  const failing = Array.from({ length: 60 }, (_, index) => entry({ userPrincipalName: `v${index}` }));
  const results = resultsOf(...failing.map((one, index) => [one, 'failed', index === 7 ? 'taken' : 'refused'] as const));
  const linesWith = (failure: SyncError | null): string[] => renderLogSummary(reportOf({ mode: 'apply', plan: planOf(failing), results, failure })).filter((line) => line.startsWith('  failed'));
  expect(linesWith(null)).toEqual(['  failed: update v0, update v1, update v2 and 56 more: refused', '  failed: update v7: taken']);
  expect(linesWith(new SyncError('record-failures', 'The first 50 changes all failed alike: refused'))[0]).toBe('  failed: update v0, update v1, update v2 and 56 more');
});

test('where another plan was expected, a screen of the differences is shown and the rest counted', () => {
  const one = (name: string): Parameters<typeof entry>[0] => ({ userPrincipalName: name, oomnitzaId: 'u1' });
  const added = Array.from({ length: 25 }, (_, index) => ({ entry: entry(one(`new${index}\n::error::x`)), field: 'city', expected: undefined, planned: { before: null, after: 'x'.repeat(90) } }));
  const gone = [{ entry: entry({ ...one('old'), userPrincipalName: null }), field: 'city', expected: { before: 'Bern', after: 'Basel' }, planned: undefined }];
  const changed = [{ entry: entry({ userPrincipalName: null, syncKey: 'email=a@b.c' }), field: 'city', expected: { before: 'Bern', after: 'Basel' }, planned: { before: 'Genf', after: 'Basel' } }];
  const linesOf = (difference: { added: typeof added; gone: typeof gone; changed: typeof changed } | undefined): string[] =>
    renderLogSummary(reportOf({ plan: planOf([]), mismatch: { expectedDigests: ['ab'], difference } })).slice(1, -1);
  const many = linesOf({ added, gone, changed });
  expect(many).toHaveLength(20);
  expect(many[1]).toBe(`  added: update new0↵: :error: :x: city "" → "${'x'.repeat(39)}…"`);
  expect(many.at(-1)).toBe('  and 9 more differences; the summary has them');
  expect(linesOf({ added: [], gone, changed })).toEqual([
    'Where the plan is not the expected one:',
    '  gone: update u1: city "Bern" → "Basel"',
    '  changed: update email=a@b.c: city "Genf" → "Basel" in place of "Bern" → "Basel"',
  ]);
  expect(linesOf(undefined)).toEqual([]);
});

test.each(Object.entries(hostileValues))('nothing in it is a command or a second line: %s', (_, value) => {
  const change = entry({ userPrincipalName: value, fields: [{ field: value, before: value, after: value }] });
  const failed = entry({ userPrincipalName: value });
  const finding = entry({ action: 'skip', reason: value, message: value });
  const problems = [{ message: value, hint: value, position: { line: 1, column: 1 } }];
  const report = reportOf({
    syncFile: value,
    event: value,
    plan: planOf([change, failed, finding]),
    results: resultsOf([failed, 'failed', value]),
    failure: new SyncError('internal', value, { hint: value, problems }),
    checks: [{ name: value, detail: value }],
    notices: [value],
  });
  for (const line of renderLogSummary(report)) {
    expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]|::|##\[/u);
    expect(line.length).toBeLessThanOrEqual(8000);
  }
});
