import { describe, expect, test } from '@jest/globals';
import { parseSyncFile } from '../../src/config/index.ts';
import { SyncError } from '../../src/errors.ts';
import { wrongFiles, type WrongFile } from './wrong-files.ts';
import { wrongYaml } from './wrong-yaml.ts';

function failureOf(text: string): SyncError {
  try {
    parseSyncFile(text);
  } catch (thrown) {
    if (thrown instanceof SyncError) return thrown;
    throw thrown;
  }
  throw new Error('the file was accepted');
}

function saidOf(text: string): WrongFile['says'] {
  return failureOf(text).problems.map(({ position, message, hint }) => {
    const place = `${position.line}:${position.column}`;
    return hint === undefined ? [place, message] : [place, message, hint];
  });
}

describe('a wrong sync file', () => {
  test.each(Object.entries(wrongFiles))('%s', (_name, { file, says }) => {
    expect(saidOf(file)).toEqual(says);
  });
});

describe('a text that is no good YAML', () => {
  test.each(Object.entries(wrongYaml))('%s', (_name, { file, says }) => {
    expect(saidOf(file)).toEqual(says);
  });

  test('nesting beyond all reason is refused at the level that is too deep', () => {
    const hint = 'A sync file needs four levels.';
    const message = 'Mappings and lists are nested more than 64 levels deep.';
    expect(saidOf(`a: ${'['.repeat(50_000)}${']'.repeat(50_000)}`)).toEqual([['1:68', message, hint]]);
    expect(saidOf(`a: ${'{ a: '.repeat(500)}`)).toEqual([['1:324', message, hint]]);
    expect(saidOf('? '.repeat(500))).toEqual([['1:131', message, hint]]);
    expect(saidOf('- '.repeat(500))).toEqual([['1:131', message, hint]]);
  });

  test('deep nesting short of that is judged as what it is', () => {
    expect(saidOf(`version: 1\nsync-keys: ${'['.repeat(60)}${']'.repeat(60)}`)).toEqual([
      ['2:13', '`sync-keys[0]` is a list; it takes the name of an Oomnitza field.'],
    ]);
  });

  test('a text that is anything but YAML gives its first syntax errors alone', () => {
    expect(failureOf('}\n'.repeat(100_000)).problems).toHaveLength(20);
    expect(failureOf('%x\n'.repeat(10_000)).problems).toHaveLength(20);
  });
});

describe('the failure itself', () => {
  test('is invalid-sync-file, and with one problem says it all', () => {
    const failure = failureOf('version: 1\nsync-keys: [email]\nfeilds: {}\n');
    expect(failure.reason).toBe('invalid-sync-file');
    expect(failure.message).toBe('The sync file is wrong in line 3, column 1: Unknown key `feilds`.');
    expect(failure.hint).toBe('Did you mean `fields`?');
  });

  test('with several problems says how many, and the first', () => {
    const failure = failureOf('version: 2\nsync-keys: [email]\nfeilds: {}\n');
    expect(failure.message).toBe('The sync file has 2 problems, the first in line 1, column 10: `version` is `2`; it takes the number `1`.');
    expect(failure.hint).toBe('Each is listed with its place and what to write instead.');
  });

  test('has no hint where there is nothing to add', () => {
    expect(failureOf('[]').hint).toBe('');
  });

  test('columns count as in an editor behind a byte order mark and carriage returns', () => {
    expect(saidOf('\uFEFFvesion: 1\r\nsync-keys: [email]\r\nenabled: 1\r\n')).toEqual([
      ['1:1', 'Unknown key `vesion`.', 'Did you mean `version`?'],
      ['3:10', '`enabled` is `1`; it takes `true` or `false`.'],
    ]);
  });
});
