import { afterEach, expect, jest, test } from '@jest/globals';
import { showSummary } from '../../src/github/index.ts';
import { captureLog, setEnvironment } from '../support/github.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

test.each([undefined, '/nowhere/at/all/summary.md'])('a runner without a file for summaries (%j) is told of in the log, and nothing fails', async (file) => {
  const restore = setEnvironment({ GITHUB_STEP_SUMMARY: file });
  const log = captureLog();
  await showSummary('# Plan');
  restore();
  expect(log.lines()).toEqual([expect.stringMatching(/^::warning::The summary could not be shown on the page of the run: /)]);
});
