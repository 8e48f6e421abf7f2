import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { annotateProblems, annotateWarning, failRun, inGroup, logLine, logWarning } from '../../src/github/index.ts';
import { reserve, revealed } from '../../src/reserved.ts';
import { hostileValues } from '../report/hostile.ts';
import { captureLog } from '../support/github.ts';

afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
});

/** What the runner would take for an instruction, as it reads line by line. */
const commandsIn = (lines: readonly string[]): string[] => lines.filter((line) => /^\s*::|##\[/.test(line));

const hostile = ['::set-output name=x::y', 'a\n::add-mask::b', 'a\r::error::b', '##[error]x', '  ::warning::x', 'Ada\n##[group]x', '\u001b[31mred', ...Object.values(hostileValues).filter((text) => text.trim() !== '')];

describe('a line of the log', () => {
  test('says what it is given', () => {
    const log = captureLog();
    logLine('Reading Oomnitza: 5 of 10 people');
    expect(log.lines()).toEqual(['Reading Oomnitza: 5 of 10 people']);
  });

  test.each(hostile)('forms no instruction for the runner: %j', (text) => {
    const log = captureLog();
    logLine(text);
    expect(commandsIn(log.lines())).toEqual([]);
    expect(log.lines()).toHaveLength(1);
  });
});

describe('a warning, an annotation and a failure', () => {
  test.each(hostile)('form no other instruction for the runner: %j', (text) => {
    const log = captureLog();
    logWarning(text);
    annotateProblems(text, [{ message: text, hint: text, position: { line: 3, column: 9 } }]);
    annotateWarning(text, { message: text, position: { line: 3, column: 9 } });
    failRun(text);
    expect(log.lines().map((line) => /^::(\w+)/.exec(line)?.[1])).toEqual(['warning', 'error', 'warning', 'error']);
    for (const line of log.lines()) expect(line.replace(/^::.*?::/s, '')).not.toMatch(/::|##\[|\u001b/);
    expect(log.lines()).toHaveLength(4);
  });

  test('stand where the problem is, with what to do', () => {
    const log = captureLog();
    annotateProblems('.github/sync, a.yml', [
      { message: 'Unknown key `filds`.', hint: 'Did you mean `fields`?', position: { line: 3, column: 9 } },
      { message: 'No `version`.', position: { line: 1, column: 1 } },
    ]);
    expect(log.lines()).toEqual([
      '::error title=Sync file,file=.github/sync%2C a.yml,line=3,col=9::Unknown key `filds`. Did you mean `fields`?',
      '::error title=Sync file,file=.github/sync%2C a.yml,line=1,col=1::No `version`.',
    ]);
  });

  test('are no more than ten, with the failure that sums up', () => {
    const log = captureLog();
    annotateProblems('x.yml', Array.from({ length: 25 }, (_none, line) => ({ message: 'Bad.', position: { line: line + 1, column: 1 } })));
    failRun('25 problems.');
    expect(log.lines()).toHaveLength(10);
    expect(log.lines().at(-1)).toBe('::error::25 problems.');
  });

  test('make the step fail in the end', () => {
    const log = captureLog();
    failRun('Nothing was written.');
    expect(log.lines()).toEqual(['::error::Nothing was written.']);
    expect(process.exitCode).toBe(1);
  });
});

describe('a group', () => {
  test('is closed behind what is done in it', async () => {
    const log = captureLog();
    expect(
      await inGroup('Reading', () => {
        logLine('inside');
        return Promise.resolve(7);
      }),
    ).toBe(7);
    expect(log.lines()).toEqual(['::group::Reading', 'inside', '::endgroup::']);
  });

  test('is closed behind a failure, too', async () => {
    const log = captureLog();
    const failure = new Error('no');
    await expect(inGroup('Reading', () => Promise.reject(failure))).rejects.toBe(failure);
    expect(log.lines()).toEqual(['::group::Reading', '::endgroup::']);
  });
});

test('what a line has reserved is not shown, unless somebody had it revealed', () => {
  const log = captureLog();
  const text = `Oomnitza answered 409: ${reserve('ada@example.com is taken')}`;
  logLine(text);
  logWarning(text);
  annotateProblems('x.yml', [{ message: text, hint: text, position: { line: 1, column: 1 } }]);
  failRun(text);
  expect(log.lines().join('\n')).not.toContain('ada');
  logLine(revealed(text));
  expect(log.lines().at(-1)).toBe('Oomnitza answered 409: ada@example.com is taken');
});
