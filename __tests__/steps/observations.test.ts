import { expect, test } from '@jest/globals';
import { observationSentences } from '../../src/steps/observations.ts';

test('changes of which only the assignment failed are told as what they are', () => {
  const halfDone = { status: 'failed', message: 'x', recordWritten: true } as const;
  expect(observationSentences([halfDone, { status: 'failed', message: 'x' }])).toEqual([
    'Of the changes that count as failed, 1 record was written all the same: only the assignment to the SaaS application was not made, or not wholly.',
  ]);
  expect(observationSentences([halfDone, halfDone])).toEqual([expect.stringContaining('2 records were written all the same')]);
  expect(observationSentences([{ status: 'failed', message: 'x' }, { status: 'applied', message: '' }])).toEqual([]);
});
