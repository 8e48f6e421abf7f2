import { describe, expect, test } from '@jest/globals';
import { SyncError } from '../../src/errors.ts';
import { outcomeOf, renderSummary } from '../../src/report/index.ts';
import { reportOf } from './samples.ts';

const suggestion = { text: 'version: 1\n# `x` ```\n', users: 1200, people: 1, proven: 12, guesses: 3, unmatched: 1 };

describe('a suggestion', () => {
  test('is shown as it is, in a fence that nothing in it can close', () => {
    const summary = renderSummary(reportOf({ mode: 'suggest', syncFile: '', suggestion, artifactUrl: 'https://github.com/a' }));
    expect(summary).toContain('````yaml\nversion: 1\n# `x` ```\n````\n');
    expect(summary).toContain('1,200 users of the directory and the 1 person among them');
    expect(summary).toContain('<code>suggested-sync-file.yml</code>](<https://github.com/a>)');
    expect(summary).not.toContain('Sync file <code>');
  });

  test('is cut where it is longer than anybody reads', () => {
    const summary = renderSummary(reportOf({ mode: 'suggest', suggestion: { ...suggestion, text: '# a field\n'.repeat(50_000) } }));
    expect(summary.length).toBeLessThan(140_000);
    expect(summary).toContain('# The rest is in suggested-sync-file.yml.\n```');
  });

  test('is summed up in a line', () => {
    expect(outcomeOf(reportOf({ mode: 'suggest', suggestion })).headline).toBe('A sync file is suggested: 12 fields by evidence, 3 by guess, 1 not matched; nothing was written to Oomnitza');
    expect(outcomeOf(reportOf({ mode: 'suggest', suggestion: { ...suggestion, proven: 1, guesses: 0, unmatched: 0 } })).headline).toBe('A sync file is suggested: 1 field by evidence; nothing was written to Oomnitza');
    expect(outcomeOf(reportOf({ mode: 'suggest', failure: new SyncError('permission', 'No.') })).headline).toBe('Nothing was suggested: a permission is missing');
  });
});
