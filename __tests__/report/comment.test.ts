import { describe, expect, test } from '@jest/globals';
import { SyncError } from '../../src/errors.ts';
import { impactOf } from '../../src/plan/index.ts';
import { commentedPath, hasSomethingToSay, renderComment, renderSummary, subjectOf, type Comparison, type RunReport } from '../../src/report/index.ts';
import { commentMarker } from '../../src/report/comment.ts';
import { hostileValues } from './hostile.ts';
import { entry, planOf, reportOf, sample } from './samples.ts';

const runUrl = 'https://github.com/contoso/it-automation/actions/runs/1';
const { plan } = sample;
const base = planOf([sample.chen, { ...sample.anna, fields: [{ field: 'city', before: 'Oslo', after: 'Bergen' }] }]);

function compared(given: Partial<Comparison> = {}): Comparison {
  return { isUntouched: false, impact: impactOf(plan, base), limitsAnyway: [], notes: [], ...given };
}

const comment = (given: Partial<RunReport>): string => renderComment(reportOf({ event: 'pull_request', plan, ...given }), runUrl);

describe('the marker', () => {
  test('is another one for every path, and the same for one path', () => {
    const paths = ['.github/oomnitza-user-sync.yml', 'a/b.yml', 'a-b.yml', 'a%2Fb.yml', 'ä.yml', `${'long/'.repeat(500)}a.yml`, `${'long/'.repeat(500)}b.yml`];
    expect(new Set(paths.map(commentMarker)).size).toBe(paths.length);
    expect(commentMarker('./a/b.yml')).toBe(commentMarker('a/b.yml'));
  });

  test.each([...Object.entries(hostileValues), ['end of a comment', '--><script>'], ['dashes', '--!>']])('is one line that ends where it should: %s', (_name, path) => {
    expect(commentMarker(path)).toMatch(/^<!-- oomnitza-user-sync:[\w.~!*'()%]+ -->$/);
  });
});

describe('a comment is known', () => {
  const syncFile = 'b.yml';
  const body = renderComment(reportOf({ plan, syncFile }), runUrl, { renamedFrom: 'a.yml' });
  const about = (text: string): readonly string[] => ['a.yml', 'b.yml', 'c.yml'].flatMap((path) => [subjectOf(text, { path, renamedFrom: undefined }), subjectOf(text, { path: 'x.yml', renamedFrom: path })]);

  test('by its sync file and by the path that it had before, and by nothing further down', () => {
    const former = ['former', 'former', 'same', 'former', 'other', 'other'];
    expect(about(body)).toEqual(former);
    expect(about(body.replaceAll('\n', '\r\n'))).toEqual(former);
    expect(about(renderComment(reportOf({ plan, syncFile }), runUrl))).toEqual(['other', 'other', ...former.slice(2)]);
    for (const quoted of ['> ', '<!-- another bot -->\n', 'Look: ']) expect(new Set(about(`${quoted}${body}`))).toEqual(new Set(['other']));
    expect(new Set(about(''))).toEqual(new Set(['other']));
  });

  test('with the path of its sync file, unless that is too long', () => {
    expect(commentedPath(body)).toBe('b.yml');
    for (const path of ['a-b/Zoë 漢字.yml', '100%/--><b>.yml']) expect(commentedPath(renderComment(reportOf({ plan, syncFile: path }), runUrl))).toBe(path);
    expect(commentedPath(renderComment(reportOf({ plan, syncFile: `${'long/'.repeat(50)}a.yml` }), runUrl))).toBeUndefined();
    expect(commentedPath(`> ${body}`)).toBeUndefined();
  });
});

describe('a comment', () => {
  test('tells numbers and field names, and nothing of anybody', () => {
    const text = comment({ comparison: compared({ notes: ['In the base the sync file is `old.yml`.'] }) });
    expect(text).toMatch(/^<!-- oomnitza-user-sync:/);
    expect(text).toContain('| **Records** | **3** | **1** | **1** |');
    expect(text).toMatch(/person 3: updated anyway, <code>account&#95;enabled<\/code>, <code>department<\/code>/);
    expect(text).toContain('Several Oomnitza records have the same sync key (<code>duplicate');
    expect(text).toContain(`](<${runUrl}>)`);
    for (const { userPrincipalName, entraId, fields } of [...plan.entries, ...base.entries]) {
      for (const secret of [userPrincipalName, entraId, ...fields.flatMap(({ before, after }) => [before, after])]) {
        if (typeof secret === 'string') expect(text).not.toContain(secret);
      }
    }
  });

  test('and the page say of people who are written anyway that they are', () => {
    const fields = (...names: readonly string[]) => names.map((field) => ({ field, before: null, after: 'x' }));
    const ada = (...names: readonly string[]) => entry({ action: 'create', entraId: 'ada', fields: fields(...names) });
    const [head, before] = [planOf([ada('email', 'cost')]), planOf([ada('email', 'nick')])];
    const comparison = compared({ impact: impactOf(head, before) });
    const text = comment({ plan: head, comparison });
    expect(text).toMatch(/\*\*Caused by it\*\*\n\n- person 1: created anyway, <code>cost<\/code>/);
    expect(text).toMatch(/\*\*No longer done because of it\*\*\n\n- person 1: created anyway, <code>nick<\/code>/);
    const page = renderSummary(reportOf({ plan: head, comparison }));
    expect(page).toContain('**Caused by it: created anyway, with other values**');
    expect(page).toContain('**No longer done because of it: created anyway, with other values**');
    expect(page).not.toMatch(/of it: create\b/);
  });

  test('of a limit that is exceeded anyway says so', () => {
    const limitsAnyway = [{ name: 'updates', limit: '30%', base: 100, actual: 50, exceeded: true }];
    for (const text of [comment({ comparison: compared({ limitsAnyway }) }), renderSummary(reportOf({ plan, comparison: compared({ limitsAnyway }) }))]) {
      expect(text).toContain('Exceeded without it as well, and so no reason to refuse it: <code>updates: 30%</code>.');
    }
  });

  test('of a failure quotes no message, which may hold what a server said', () => {
    const failure = new SyncError('target-unavailable', 'Oomnitza said: Anna Berg', { hint: 'Ask Anna Berg' });
    const text = comment({ failure, plan: null });
    expect(text).toContain('Oomnitza is not available');
    expect(text).toContain('<code>target-unavailable</code>');
    expect(text).not.toContain('Anna');
  });

  test('of a check alone points to what is not shown', () => {
    expect(comment({ mode: 'validate', plan: null })).toContain('What it would change is not shown here');
  });

  test.each([
    [1, 'The place is marked in the diff.'],
    [9, 'The 9 places are marked in the diff.'],
    [14, 'The first 9 of 14 places are marked in the diff, and the run lists all.'],
  ])('says of %i mistakes how many are marked', (count, told) => {
    const problems = Array.from({ length: count }, (_none, index) => ({ message: 'x', position: { line: index + 1, column: 1 } }));
    expect(comment({ plan: null, failure: new SyncError('invalid-sync-file', 'x', { problems }) })).toContain(told);
  });

  test('that would be too long is left with its outcome and where to read on', () => {
    const many = planOf(Array.from({ length: 12 }, (_none, person) =>
      entry({ entraId: `${person}`, oomnitzaId: `${person}`, fields: Array.from({ length: 12 }, (_field, field) => ({ field: `${'ä&'.repeat(80)}${person}-${field}`, before: null, after: 'x' })) })));
    const impact = impactOf(many, planOf([]));
    const notes = Array.from({ length: 100 }, () => '&'.repeat(600));
    const text = comment({ plan: many, comparison: compared({ impact, notes }) });
    expect(text.length).toBeLessThanOrEqual(60_000);
    expect(text).toContain('too long for a comment');
    expect(text).toContain('12 people would be updated');
    expect(text).toContain(runUrl);
  });

  test('of a thousand people shows a few', () => {
    const many = planOf(Array.from({ length: 1000 }, (_none, person) => entry({ entraId: `${person}`, oomnitzaId: `${person}`, fields: [{ field: 'city', before: null, after: 'x' }] })));
    const text = comment({ plan: many, comparison: compared({ impact: impactOf(many, planOf([])) }) });
    expect(text).toContain('… and 990 more');
    expect(text.length).toBeLessThan(2000);
  });

  test.each(Object.entries(hostileValues))('brings no field name to life: %s', (_name, field) => {
    const hostile = planOf([entry({ oomnitzaId: '1', fields: [{ field, before: null, after: field }] })]);
    const text = comment({ plan: hostile, syncFile: field, comparison: compared({ impact: impactOf(hostile, planOf([])), notes: [field] }) });
    const [, ...rest] = text.split('\n');
    // Every bracket and angle is one of the fixed words, or the link to the run.
    expect(rest.join('\n').replaceAll('<wbr>', '·').replaceAll(/<\/?code>|\[the run, with its report\]\(<[^>]+>\)/g, '')).not.toMatch(/[<>[\]]|@\w|^#{1,2} |```/m);
  });
});

describe('there is something to say', () => {
  test.each<[string, boolean, Partial<RunReport>]>([
    ['of what is caused', true, { comparison: compared() }],
    ['of a failure', true, { failure: new SyncError('permission', 'x'), plan: null }],
    ['of changes whose cause is not known', true, { comparison: compared({ impact: null }) }],
    ['not of what was pending anyway', false, { comparison: compared({ impact: impactOf(plan, plan) }) }],
    ['not of nothing', false, { plan: planOf([]), comparison: compared({ impact: null }) }],
    ['not where the sync file is not changed', false, { plan: planOf([]), comparison: compared({ isUntouched: true, impact: null }) }],
    ['not of a check that went well', false, { mode: 'validate', plan: null }],
  ])('%s: %s', (_name, expected, given) => {
    expect(hasSomethingToSay(reportOf({ plan, ...given }))).toBe(expected);
  });
});

describe('the summary', () => {
  test('tells the parts apart, with the people and their values', () => {
    const text = renderSummary(reportOf({ plan, comparison: compared() }));
    expect(text).toContain('### What this proposal does');
    expect(text).toMatch(/\*\*Caused by it: updated anyway, with other values\*\*\n\n.*\n.*\n.*anna\.berg/);
    expect(text).toMatch(/\*\*No longer done because of it: updated anyway, with other values\*\*\n\n.*\n.*\n.*anna\.berg.*Oslo.*Bergen/);
  });

  test('says where nothing is changed either way, and where nobody was read', () => {
    const empty = impactOf(planOf([]), planOf([]));
    expect(renderSummary(reportOf({ plan: planOf([]), comparison: compared({ impact: empty }) }))).toContain('Nothing would be changed, with it or without it.');
    expect(renderSummary(reportOf({ plan: planOf([]), comparison: compared({ impact: null, isUntouched: true }) }))).toMatch(/^## ✅ The sync file is not changed here; nobody was read/);
    expect(renderSummary(reportOf({ enabled: false, plan: planOf([]), comparison: compared({ impact: empty }) }))).toMatch(/^## ⏸️ Switched off: .* Nothing would be written\./);
  });

  test('shows a few people of many, and no more reasons and fields than a page bears', () => {
    const many = planOf([
      ...Array.from({ length: 9 }, (_none, person) => entry({ entraId: `${person}`, oomnitzaId: `${person}`, fields: [{ field: `field_${person}`, before: null, after: 'x' }, { field: `other_${person}`, before: null, after: 'x' }, { field: `third_${person}`, before: null, after: 'x' }] })),
      entry({ action: 'leaver', entraId: 'gone', reason: null }),
    ]);
    const text = renderSummary(reportOf({ plan: many, comparison: compared({ impact: impactOf(many, planOf([])) }) }));
    expect(text).toContain('**Caused by it: update, the first 5 of 9**');
    expect(text).toContain('7 more are left out here.');
  });
});
