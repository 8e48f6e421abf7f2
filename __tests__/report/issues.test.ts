import { describe, expect, test } from '@jest/globals';
import { failureReasons } from '../../src/errors.ts';
import { failureChanged, failureIssue, failureOver, latenessChanged, lateIssue, type Lateness } from '../../src/report/index.ts';

const at = new Date('2026-11-22T05:17:33Z');
const since = { since: new Date('2026-11-20T05:18:00Z'), times: 3 };
const url = 'https://github.com/contoso/it-automation/actions/runs/17';
const failed = { syncFile: '.github/oomnitza-user-sync.yml', reason: 'permission', url, at } as const;

describe('an issue about a failure', () => {
  test('says whom it is for, what to do, since when, and where the run is', () => {
    const { title, body } = failureIssue(failed, ['ada-it', 'bob_contoso'], since);
    expect(title).toBe('Oomnitza user sync fails: .github/oomnitza-user-sync.yml');
    expect(body).toContain('@ada-it @bob_contoso\n\nThe Oomnitza user sync failed: a permission is missing.');
    expect(body).toContain('**What to do:** Open the run');
    expect(body).toContain(`| Latest failure | [this run](<${url}>), 2026-11-22 05:17 UTC |`);
    expect(body).toContain('| Failing since | 2026-11-20 05:18 UTC, 3 runs |');
  });

  test.each(failureReasons)('has something to advise for %s', (reason) => {
    expect(failureIssue({ ...failed, reason }, [], since).body).toMatch(/What to do:\*\* \S/);
    expect(failureChanged({ ...failed, reason })).toContain(`<code>${reason}</code>`);
  });

  test('promises nothing of what was written, which may be nothing at all', () => {
    expect(failureIssue({ ...failed, reason: 'record-failures' }, [], since).body).toContain('Open the run: it says how many changes were written, lists the records that Oomnitza refused, and why.');
  });

  test('shows the name of a sync file as it is, in a title that GitHub takes', () => {
    const { title, body } = failureIssue({ ...failed, syncFile: `sync/@everyone #1 --> <img> ${'x'.repeat(400)}\n.yml` }, [], since);
    expect(title.length).toBeLessThan(257);
    expect(title).not.toMatch(/[\r\n]/);
    expect(body).not.toMatch(/<img|-->|@everyone/);
  });

  test('links nothing but the web', () => {
    expect(failureOver(undefined)).toBe('The sync is good again, since this run.');
    expect(failureOver('javascript:alert(1)')).not.toContain('javascript');
  });
});

describe('an issue about a workflow that is late', () => {
  test('says when it last succeeded', () => {
    const lastSuccess = { startedAt: new Date('2026-11-19T05:17:00Z'), url, status: 'completed', conclusion: 'success' };
    const { body } = lateIssue({ workflow: 'sync.yml', maxAgeHours: 26, at, lastSuccess, lateness: { cause: 'not-started' } }, [], since);
    expect(body).toContain(`| Latest success | [this run](<${url}>), 2026-11-19 05:17 UTC, 3 days ago |`);
    expect(body).toContain('| Overdue since | 2026-11-20 07:17 UTC |');
  });

  const run = { startedAt: at, url, status: 'completed', conclusion: '' };
  const cases: readonly (readonly [string, Lateness])[] = [
    ['60 days', { cause: 'disabled', state: 'disabled_inactivity' }],
    ['somebody', { cause: 'disabled', state: 'disabled_manually' }],
    ['does not run the workflow any more', { cause: 'disabled', state: '<b>' }],
    ['within 3 days', { cause: 'not-started' }],
    ['still waits to begin, since 2026-11-22 05:17 UTC', { cause: 'under-way', run: { ...run, status: 'queued' }, other: undefined }],
    ['still under way, since 2026-11-22 05:17 UTC', { cause: 'under-way', run: { ...run, status: 'in_progress' }, other: undefined }],
    ['may still end well', { cause: 'under-way', run: { ...run, status: 'in_progress' }, other: undefined }],
    ['longer than it may', { cause: 'not-finished', run: { ...run, conclusion: 'timed_out' }, other: undefined }],
    ['did not finish: a run still waits to begin, since 2026-11-22 05:17 UTC', { cause: 'not-finished', run: { ...run, status: 'waiting' }, other: undefined }],
    ['cancel it', { cause: 'not-finished', run: { ...run, status: 'in_progress' }, other: undefined }],
    ['was cancelled', { cause: 'not-finished', run: { ...run, conclusion: 'cancelled' }, other: undefined }],
    ['with a failure', { cause: 'failed', run: { ...run, conclusion: 'failure' }, other: undefined }],
    ['without a success', { cause: 'failed', run: { ...run, conclusion: '<b>' }, other: undefined }],
  ];
  const fresh = { startedAt: new Date('2026-11-22T05:40:00Z'), url: `${url}8`, status: 'in_progress', conclusion: '' };
  test.each<[string, Lateness]>([
    ['It failed: a run ended with a failure. Another one is still under way, since 2026-11-22 05:40 UTC, and may still end well.', { cause: 'failed', run: { ...run, conclusion: 'failure' }, other: fresh }],
    ['It did not finish: a run was cancelled. Another one is still under way', { cause: 'not-finished', run: { ...run, conclusion: 'cancelled' }, other: fresh }],
    ['It has not finished yet: a run is still under way, since 2026-11-22 05:40 UTC. An earlier one ended with a failure.', { cause: 'under-way', run: fresh, other: { ...run, conclusion: 'failure' } }],
    ['It did not finish: a run is still under way, since 2026-11-22 05:40 UTC. Another one still waits to begin, since 2026-11-22 05:17 UTC.\n', { cause: 'not-finished', run: fresh, other: { ...run, status: 'pending' } }],
    ['under way, since 2026-11-22 05:17 UTC, and may still end well.', { cause: 'not-finished', run: fresh, other: { ...run, status: 'in_progress' } }],
  ])('says of two runs what became of either: %s', (words, lateness) => {
    const { body } = lateIssue({ workflow: 'sync.yml', maxAgeHours: 72, at, lastSuccess: undefined, lateness }, [], since);
    expect(body).toContain(words);
    const rows = ['Run', 'Other run'].map((name) => body.split('\n').find((line) => line.startsWith(`| ${name} |`)));
    const links = [`[this run](<${url}>), 2026-11-22 05:17 UTC |`, `[this run](<${url}8>), 2026-11-22 05:40 UTC |`];
    const isFreshFirst = 'run' in lateness && lateness.run === fresh;
    expect(rows).toEqual((isFreshFirst ? links.toReversed() : links).map((link) => expect.stringContaining(link)));
  });

  test.each(cases)('says why: %s', (words, lateness) => {
    const late = { workflow: 'sync.yml', maxAgeHours: 72, at, lastSuccess: undefined, lateness };
    const { title, body } = lateIssue(late, ['ada-it'], since);
    expect(title).toBe('Oomnitza user sync is overdue: sync.yml');
    expect(body).toContain('| Noticed since | 2026-11-20 05:18 UTC |');
    const comment = latenessChanged(late);
    expect(comment === undefined).toBe(lateness.cause === 'under-way');
    for (const text of [body, comment ?? body]) {
      expect(text).toContain(words);
      expect(text.includes(url)).toBe('run' in lateness);
      expect(text).not.toContain('<b>');
    }
  });
});
