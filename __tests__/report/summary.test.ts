import { describe, expect, test } from '@jest/globals';
import { SyncError } from '../../src/errors.ts';
import type { FailureReason } from '../../src/errors.ts';
import { outcomeOf, renderSummary } from '../../src/report/index.ts';
import type { RunReport } from '../../src/report/index.ts';
import { entry, expectGolden, planOf, reportOf, resultsOf, sample } from './samples.ts';

const { phases, notices, artifactUrl, plan } = sample;
const partly = resultsOf(
  [sample.birgit, 'applied'],
  [sample.chen, 'failed', 'Oomnitza answered 400: "email" must be unique'],
  [sample.anna, 'applied'],
  [sample.dmitri, 'not-attempted'],
);

describe('golden', () => {
  test('a plan', () => {
    expectGolden('plan.md', renderSummary(reportOf({ plan, phases, notices, artifactUrl })));
  });

  test('an apply that went wrong in part', () => {
    const failure = new SyncError('record-failures', '1 change could not be written, `max-failures` allows 0.', {
      hint: 'See below what Oomnitza answered.',
    });
    expectGolden('apply-failed.md', renderSummary(reportOf({ mode: 'apply', plan, phases, artifactUrl, results: partly, failure })));
  });

  test('nothing to change', () => {
    expectGolden('unchanged.md', renderSummary(reportOf({ mode: 'apply', plan: planOf([]), phases, artifactUrl })));
  });

  test('a sync file with mistakes', () => {
    const problems = [
      { message: 'unknown key `feilds`', hint: 'Did you mean `fields`?', position: { line: 4, column: 1 } },
      { message: '`role` needs a rule or a default', position: { line: 1, column: 1 } },
    ];
    const failure = new SyncError('invalid-sync-file', 'The sync file has 2 problems.', { hint: 'Mend the lines named.', problems });
    expectGolden('invalid-sync-file.md', renderSummary(reportOf({ event: 'pull_request', failure })));
  });

  test('a valid sync file', () => {
    const checks = [
      { name: 'Sync file', detail: '8 fields, found by `email`' },
      { name: 'Microsoft Entra', detail: 'signed in, users can be read' },
    ];
    expectGolden('validate.md', renderSummary(reportOf({ mode: 'validate', checks })));
  });

  test('switched off', () => {
    expectGolden('disabled.md', renderSummary(reportOf({ enabled: false })));
  });
});

describe('the outcome in one line', () => {
  const headline = (given: Partial<RunReport>): string => {
    const { mark, headline: text } = outcomeOf(reportOf(given));
    return `${mark} ${text}`;
  };
  const four = [entry({ action: 'create' }), entry({ action: 'update' }), entry({ action: 'suspend' }), entry({ action: 'restore' })];
  const failureOf = (reason: FailureReason): SyncError => new SyncError(reason, 'x');

  test('a plan', () => {
    expect(headline({ plan: planOf(four) })).toBe('📋 Plan: 1 person would be created, 1 updated, 1 suspended, 1 restored; nothing was written');
    expect(headline({ plan: planOf([], { counts: { update: 1234 } }) })).toBe('📋 Plan: 1,234 people would be updated; nothing was written');
  });

  test('nothing to change', () => {
    expect(headline({ plan: planOf([], { counts: { scope: 1 } }) })).toBe('✅ Nothing to change; 1 user compared');
    expect(headline({ mode: 'apply', plan: planOf([]) })).toBe('✅ Nothing to change; 1,990 users compared');
  });

  test('an apply', () => {
    const apply = (statuses: readonly ('applied' | 'failed' | 'not-attempted')[], failure: SyncError | null = null): string =>
      headline({ mode: 'apply', plan: planOf(four), failure, results: resultsOf(...statuses.map((status, index) => [four[index] ?? entry({}), status] as const)) });
    expect(apply(['applied', 'applied', 'applied', 'applied'])).toBe('✅ Applied 4 changes: 1 created, 1 updated, 1 suspended, 1 restored');
    expect(apply(['applied', 'failed'])).toBe('⚠️ Applied 1 of 2 changes: 1 created, 1 failed');
    expect(apply(['failed', 'not-attempted'], failureOf('authentication'))).toBe('❌ Applied none of 2 changes: 1 failed, 1 not attempted (a sign-in was refused)');
    expect(apply(['applied', 'not-attempted'], failureOf('cancelled'))).toBe('❌ Applied 1 of 2 changes: 1 created, 1 not attempted (the run was cancelled)');
    expect(apply(['applied', 'failed'], failureOf('record-failures'))).toBe('❌ Applied 1 of 2 changes: 1 created, 1 failed');
    expect(apply(['not-attempted', 'not-attempted'], failureOf('cancelled'))).toBe('❌ Nothing was written: the run was cancelled');
  });

  test('a failure', () => {
    expect(headline({ mode: null, failure: failureOf('invalid-input') })).toBe('❌ Nothing was written: an input of the action is wrong');
    expect(headline({ mode: 'validate', failure: failureOf('permission') })).toBe('❌ The check failed: a permission is missing');
    expect(headline({ plan: planOf(four), failure: failureOf('internal') })).toBe('❌ Nothing was written: an unexpected error');
  });

  test('a switched-off sync', () => {
    expect(headline({ enabled: false, plan: planOf([], { counts: { scope: 0 } }) })).toMatch(/^⏸️ Switched off/);
  });
});

describe('changes', () => {
  const update = (after: string, before = 'old'): string =>
    renderSummary(reportOf({ plan: planOf([entry({ fields: [{ field: 'notes', before, after }] })]) }));

  test('a few people stand for many, and the page says so', () => {
    const fields = [{ field: 'department', before: 'a', after: 'b' }];
    const many = (action: 'create' | 'update'): ReturnType<typeof entry>[] =>
      Array.from({ length: 1200 }, (_, index) => entry({ action, userPrincipalName: `${action}${index}`, fields }));
    const text = renderSummary(reportOf({ plan: planOf([...many('create'), ...many('update')]) }));
    expect(text.match(/<code>create\d+<\/code>/g)?.length).toBe(3);
    expect(text.match(/<code>update\d+<\/code>/g)?.length).toBe(10);
    expect(text).toContain('### People to update: 1,200');
    expect(text).toContain('The first 10 of 1,200 people');
  });

  test('a person with very many fields shows the first of them', () => {
    const fields = Array.from({ length: 30 }, (_, index) => ({ field: `f${index}`, before: null, after: 1 }));
    const text = renderSummary(reportOf({ plan: planOf([entry({ fields }), entry({ action: 'create', fields })]) }));
    expect(text).toContain('|  | … and 10 more |  |  |');
    expect(text).toContain('|  | … and 10 more |  |\n');
  });

  test('long values are cut where they differ', () => {
    const text = update(`${'x'.repeat(500)}new`, `${'x'.repeat(500)}old`);
    expect(text).toContain(`<code>…${'x'.repeat(20)}old</code> | <code>…${'x'.repeat(20)}new</code>`);
  });

  test('and never through a character', () => {
    // The character at which the cut would begin takes two units, and the cut falls between them.
    const same = `${'x'.repeat(101)}😀${'x'.repeat(19)}`;
    expect(update(`${same}new`, `${same}old`)).toContain(`<code>…😀${'x'.repeat(19)}old</code>`);
  });

  test('long values that differ at once are cut at the end', () => {
    expect(update(`new${'x'.repeat(500)}`)).toContain(`<code>old</code> | <code>new${'x'.repeat(76)}…</code>`);
  });

  test('empty values are called empty', () => {
    expect(update('')).toContain('<code>old</code> | _empty_ |');
  });
});

describe('the chart', () => {
  const chartOf = (entries: readonly ReturnType<typeof entry>[]): string =>
    /```mermaid[^]*?```/.exec(renderSummary(reportOf({ plan: planOf(entries) })))?.[0] ?? '';
  const field = (name: string): { field: string; before: string; after: string } => ({ field: name, before: 'a', after: 'b' });

  test('counts changes of existing people, the most frequent field first', () => {
    const chart = chartOf([
      entry({ fields: [field('b'), field('c')] }),
      entry({ fields: [field('c')] }),
      entry({ fields: [field('a')] }),
      entry({ action: 'create', fields: [field('new')] }),
      entry({ action: 'skip', fields: [field('left out')] }),
    ]);
    expect(chart).toBe('```mermaid\npie showData\n    title Values that change for existing people\n    "c" : 2\n    "a" : 1\n    "b" : 1\n```');
  });

  test('shows new people where there are no others', () => {
    expect(chartOf([entry({ action: 'create', fields: [field('a')] })])).toContain('title Values set for new people\n    "a" : 1');
  });

  test('has twelve slices at most, and no two of the same name', () => {
    const fields = Array.from({ length: 20 }, (_, index) => field(`f${String(index).padStart(2, '0')}`));
    const slices = chartOf([entry({ fields })]).match(/^ {4}".*$/gm) ?? [];
    expect(slices.length).toBe(12);
    expect(slices.at(-1)).toBe('    "9 other fields" : 9');
    expect(chartOf([entry({ fields: [field('a"b'), field('a`b'), field('a:b')] })])).toContain('"a_b" : 1\n    "a_b 2" : 1\n    "a_b 3" : 1');
  });
});

describe('findings', () => {
  const finding = (action: 'skip' | 'conflict' | 'leaver', reason: string | null): ReturnType<typeof entry> => entry({ action, reason, message: 'because' });

  test('are grouped by reason, the most frequent first, with what to do', () => {
    const text = renderSummary(reportOf({ plan: planOf([finding('skip', 'preference'), ...Array.from({ length: 7 }, () => finding('skip', 'missing-sync-key'))]) }));
    expect(text).toMatch(/### Skipped people: 8[^]*No sync key has a value: 7 people[^]*Fill the attribute[^]*The first 5 of 7[^]*preference says so: 1 person/);
  });

  test('of a reason without words say the reason', () => {
    const text = renderSummary(reportOf({ plan: planOf([finding('leaver', 'gone-fishing'), finding('conflict', null)]) }));
    expect(text).toContain('### Leavers: 1');
    expect(text).toContain('**gone-fishing: 1 person** (<code>gone-fishing</code>)\n\n| Person');
    expect(text).toContain('**no reason given: 1 person**');
  });

  test('of very many reasons are cut, and the page says so', () => {
    const text = renderSummary(reportOf({ plan: planOf(Array.from({ length: 25 }, (_, index) => finding('skip', `r${index}`))) }));
    expect(text).toContain('5 more reasons in <code>changes.csv</code>');
  });
});

test('failed changes are grouped by what Oomnitza answered', () => {
  const failing = Array.from({ length: 8 }, (_, index) => entry({ userPrincipalName: `u${index}` }));
  const results = resultsOf(...failing.map((one, index) => [one, 'failed', index === 0 ? 'locked' : 'not unique'] as const));
  const text = renderSummary(reportOf({ mode: 'apply', plan: planOf(failing), results }));
  expect(text).toContain('### Could not be written: 8');
  expect(text).toMatch(/\| not unique \| 7 \| <code>u1<\/code> \(update\), .*<code>u5<\/code> \(update\) \|\n\| locked \| 1 \|/);
});

test('limits show their numbers, also where there is nobody to compare with', () => {
  const limits = [{ name: 'shrink', limit: '50%', base: 0, actual: 0, exceeded: false }];
  expect(renderSummary(reportOf({ plan: planOf([], { limits }) }))).toContain('| shrink | 50% | 0 of 0 | ✅ within |');
});

test('a link that is none is left out', () => {
  expect(renderSummary(reportOf({ artifactUrl: 'not a link' }))).not.toContain('Download');
  expect(renderSummary(reportOf({ artifactUrl: 'javascript:alert(1)' }))).not.toContain('Download');
});

test('what is not known is not shown', () => {
  const text = renderSummary(reportOf({ mode: null, event: '', failure: new SyncError('invalid-input', 'The input `mode` is `x`.') }));
  expect(text).toBe(
    '## ❌ Nothing was written: an input of the action is wrong\n\nSync file <code>.github/oomnitza-user-sync.yml</code>\n\n' +
      '**What happened:** The input <code>mode</code> is <code>x</code>.\n\nFailure reason: <code>invalid-input</code>\n',
  );
});

describe('leavers', () => {
  test('are counted by reason, with what is done about them', () => {
    const entries = [
      entry({ action: 'suspend', reason: 'disabled', userPrincipalName: 'dora@contoso.com', fields: [{ field: 'left_on', before: null, after: '2026-02-28T00:00:00Z' }, { field: 'suspended', before: false, after: true }] }),
      entry({ action: 'suspend', reason: 'missing', userPrincipalName: 'zed@contoso.com', fields: Array.from({ length: 21 }, () => ({ field: 'suspended', before: false, after: true })) }),
      entry({ action: 'leaver', reason: 'disabled', message: 'why' }),
      entry({ action: 'leaver', reason: 'unknown-id', message: 'why' }),
      entry({ action: 'restore', reason: 'returning' }),
    ];
    const page = renderSummary(reportOf({ plan: planOf(entries, { outOfScope: 1200 }) }));
    expect(page).toContain('### Leavers: 5');
    const table = page.slice(page.indexOf('### People to suspend: 2')).replaceAll('<wbr>', '').replaceAll('&#95;', '_').split('\n').slice(2, 27);
    expect(table.slice(0, 6)).toEqual([
      '| Person | Why | Field | Before | After |',
      '| --- | --- | --- | --- | --- |',
      '| <code>dora@contoso.com</code> | Disabled in the directory | <code>left_on</code> | _empty_ | <code>2026-02-28T00:00:00Z</code> |',
      '|  |  | <code>suspended</code> | <code>false</code> | <code>true</code> |',
      '| <code>zed@contoso.com</code> | Deleted from the directory | <code>suspended</code> | <code>false</code> | <code>true</code> |',
      '|  |  | <code>suspended</code> | <code>false</code> | <code>true</code> |',
    ]);
    expect(table).toContain('|  |  | … and 1 more |  |  |');
    expect(page).toContain('| Disabled in the directory | 2 | 1 | 1 |');
    expect(page).toContain('| Enabled in the directory, and suspended in Oomnitza | 1 | 1 | 0 |');
    expect(page).toContain('still in the directory: 1,200.');
    expect(page).not.toContain('No record is created');
  });

  test('are no section of their own where there are none', () => {
    expect(renderSummary(reportOf({ plan: planOf([]) }))).not.toContain('Leavers');
    expect(renderSummary(reportOf({ plan: planOf([], { outOfScope: 3 }) }))).toContain('### Leavers\n\nUsers who were not read');
  });
});
