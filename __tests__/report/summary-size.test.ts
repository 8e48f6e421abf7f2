import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SyncError } from '../../src/errors.ts';
import type { WriteResult } from '../../src/apply/index.ts';
import { actions, impactOf } from '../../src/plan/index.ts';
import type { PlanEntry } from '../../src/plan/index.ts';
import { renderComment, renderSummary, type UserStory } from '../../src/report/index.ts';
import { hostileValues } from './hostile.ts';
import { entry, planOf, reportOf, resultsOf } from './samples.ts';

const limit = 1024 * 1024;

/** The same value in every place that takes one. */
function reportFullOf(value: string, times: number): string {
  const entries = Array.from({ length: times }, (_, index) => {
    const action = actions[index % actions.length] ?? 'skip';
    const field = `${index}${value}`;
    return entry({
      action,
      userPrincipalName: value,
      syncKey: value,
      reason: `${Math.floor(index / 50)}${value}`,
      message: `${index}${value}`,
      fields: index % 2 === 0 ? [{ field, before: value, after: `${value}2` }] : Array.from({ length: 25 }, () => ({ field, before: null, after: value })),
    });
  });
  const failing = Array.from({ length: times }, (_, index) => [entry({ userPrincipalName: value }), 'failed', `${index}${value}`] as const);
  const problems = Array.from({ length: times }, () => ({ message: value, hint: value, position: { line: 1, column: 1 } }));
  const plan = planOf([...entries, ...failing.map(([one]) => one)], {
    limits: Array.from({ length: 5 }, () => ({ name: value, limit: value, base: 1, actual: 1, exceeded: true })),
  });
  const differences = entries.slice(0, 500).map((one) => ({ entry: one, field: value, expected: { before: value, after: null }, planned: undefined }));
  const changed = entries.slice(0, 500).map((one) => ({ entry: one, field: value, expected: { before: value, after: null }, planned: { before: value, after: `${value}2` } }));
  return renderSummary(
    reportOf({
      mismatch: { expectedDigests: ['ab'.repeat(32)], difference: { added: differences, gone: differences, changed } },
      syncFile: value,
      event: value,
      failure: new SyncError('invalid-sync-file', value, { hint: value, problems }),
      plan,
      results: resultsOf(...failing),
      checks: Array.from({ length: times }, () => ({ name: value, detail: value })),
      phases: Array.from({ length: times }, () => ({ name: value, milliseconds: 1 })),
      notices: Array.from({ length: times }, () => value),
      explanation: { asked: value, user: storyOf(value) },
      artifactUrl: 'https://github.com/a/b/actions/runs/1/artifacts/2',
    }),
  );
}

/** A story that has the value wherever one is told. */
function storyOf(value: string): UserStory {
  const position = { line: 1, column: 1 };
  const found = [{ userId: value, username: value, archived: true }];
  return {
    properties: [{ name: value, value }, { name: value, value: [value] }],
    filter: { matches: true, clauses: [{ text: value, outcome: { failure: value } }] },
    groups: [{ id: value, name: value, member: true }],
    devices: 1,
    scope: [{ text: value, position, outcome: { failure: value } }],
    rules: [{ field: value, origin: 'user', position, steps: [{ what: value, outcome: { value } }, { what: value, outcome: { failure: value } }] }],
    match: { keys: [{ field: value, value, found }], record: undefined, fields: [{ field: value, before: value, after: value, verdict: value }] },
    isWritten: true,
    outcome: [value],
  };
}

describe('size', () => {
  test.each([
    ['giant values', '𝔛'.repeat(20_000)],
    ['values that grow most in escaping', '\u{E0067}'.repeat(500)],
  ])('stays below 1 MiB, says that it left something out, and keeps the link: %s', (_, value) => {
    const text = reportFullOf(value, 600);
    expect(Buffer.byteLength(text)).toBeLessThan(limit);
    expect(text).toContain('more rows left out to keep this page small');
    expect(text).toContain('(<https://github.com/a/b/actions/runs/1/artifacts/2>)');
  });

  test('a list of notices that never ends is cut, and says so', () => {
    const text = renderSummary(reportOf({ notices: Array.from({ length: 5000 }, (_, index) => `The field ${index} is left out.`) }));
    expect(text).toContain('- The field 0 is left out.\n');
    expect(text).toMatch(/\n- [\d,]+ more lines left out to keep this page small\.\n/);
    expect(Buffer.byteLength(text)).toBeLessThan(60_000);
  });

  test('where everything is large, whole sections go', () => {
    expect(reportFullOf('\u{E0067}'.repeat(500), 2000)).toContain('Sections were left out to keep this page within the limit');
  });

  test('200,000 changes fit', () => {
    const fields = [{ field: 'department', before: 'Sales', after: 'Marketing' }];
    const entries = Array.from({ length: 200_000 }, (_, index) => entry({ userPrincipalName: `user${index}@example.com`, fields }));
    const results = new Map<PlanEntry, WriteResult>();
    for (const [index, one] of entries.entries()) results.set(one, { status: index % 3 === 0 ? 'failed' : 'applied', message: `refused ${index}` });
    const changed = entries.map((one) => ({ entry: one, field: 'department', expected: { before: 'Army', after: 'Navy' }, planned: { before: 'Sales', after: 'Marketing' } }));
    const mismatch = { expectedDigests: [], difference: { added: [], gone: [], changed } };
    expect(renderSummary(reportOf({ plan: planOf(entries), mismatch }))).toContain('The first 10,000 of 200,000.');
    const text = renderSummary(reportOf({ mode: 'apply', plan: planOf(entries), results }));
    expect(Buffer.byteLength(text)).toBeLessThan(100_000);
    expect(text).toContain('### Could not be written: 66,667');
  });

  test('thousands of values in which a plan is not the expected one are all shown', () => {
    const changed = Array.from({ length: 3000 }, (_, index) => ({ entry: entry({ userPrincipalName: `user${index}@example.com` }), field: 'department', expected: { before: 'Army', after: 'Navy' }, planned: { before: 'Sales', after: 'Marketing' } }));
    const text = renderSummary(reportOf({ plan: planOf([]), mismatch: { expectedDigests: [], difference: { added: [], gone: [], changed } } }));
    expect(text.split('\n').filter((line) => line.startsWith('| <code>user'))).toHaveLength(3000);
    expect(Buffer.byteLength(text)).toBeLessThan(limit);
  });

  test('so does a pull request that means something for 200,000 people, and its comment', () => {
    const changes = { department: 'Marketing', cost_center: '4711' };
    const entries = Array.from({ length: 200_000 }, (_, index) => {
      const fields = Object.entries(changes).map(([field, after]) => ({ field, before: null, after: `${after} ${index}` }));
      return entry({ entraId: `id-${index}`, oomnitzaId: String(index), userPrincipalName: `user${index}@example.com`, fields });
    });
    const base = entries.map((one, index) => (index % 2 === 0 ? { ...one, fields: one.fields.slice(0, 1) } : { ...one, action: 'conflict' as const, reason: `reason ${index}`, fields: [] }));
    const comparison = { isUntouched: false, impact: impactOf(planOf(entries), planOf(base)), limitsAnyway: [], notes: [] };
    const report = reportOf({ event: 'pull_request', plan: planOf(entries), comparison });
    const [summary, comment] = [renderSummary(report), renderComment(report, 'https://github.com/a/b/actions/runs/1')];
    expect(Buffer.byteLength(summary)).toBeLessThan(100_000);
    expect(comment.length).toBeLessThan(60_000);
    for (const text of [summary, comment]) expect(text).toContain('| **Records** | **200,000** | **0** | **100,000** |');
  });

  test('whatever the values, it stays below 1 MiB', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (value) => Buffer.byteLength(reportFullOf(value, 200)) < limit),
      { numRuns: 20 },
    );
  });
});

describe('hostile values', () => {
  test.each(Object.entries(hostileValues))('form nothing on the page: %s', (_, value) => {
    expectNothingAlive(reportFullOf(value, 14));
  });

  test('nor does any other value', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (value) => { expectNothingAlive(reportFullOf(value, 14)); }), { numRuns: 50 });
  });

  function expectNothingAlive(text: string): void {
    expect(text.isWellFormed()).toBe(true);
    expect(text).not.toMatch(/[\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]|[^\P{Cc}\n]/u);
    expect(text).not.toContain('::');
    expect(text).not.toContain('##[');
    // The elements are those that the renderer itself writes, and each is closed.
    const link = '(<https://github.com/a/b/actions/runs/1/artifacts/2>)';
    const elements = new Set(text.replace(link, '').match(/<[^>]*>?/g));
    expect([...elements].filter((element) => !['<code>', '</code>', '<wbr>'].includes(element))).toEqual([]);
    expect(text.split('<code>').length).toBe(text.split('</code>').length);
    // No address, mention or reference survives as a whole. The chart is code, in which none is looked for.
    expect(text.replace(link, '').replace(/```mermaid[^]*?```/, '')).not.toMatch(/https?:\/\/|www\.|@[a-z\d]|(?<!&)#\d/i);
    // Every row of a table has as many cells as its header.
    for (const table of text.match(/(?:^\|.*\n)+/gm) ?? []) {
      const widths = table.trimEnd().split('\n').map((line) => line.split('|').length);
      expect(new Set(widths).size).toBe(1);
    }
    // Every line begins as the renderer begins lines.
    for (const line of text.split('\n')) expect(line).toMatch(/^(?:$|\||##|\*\*|- |```|pie showData| {4}|[A-Z0-9]|📎)/u);
  }
});
