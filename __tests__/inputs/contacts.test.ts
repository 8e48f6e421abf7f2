import { describe, expect, test } from '@jest/globals';
import { SyncError } from '../../src/errors.ts';
import { readContactInputs, readInputs, type Inputs } from '../../src/inputs/index.ts';
import '../support/one-realm.ts';
import { setEnvironment } from '../support/github.ts';

type Given = Readonly<Record<string, string>>;
/** What a watchdog needs, and nothing else. */
const watchdog = { mode: 'watchdog', contacts: 'ada-it', 'watch-workflow': 'sync.yml', 'github-token': 'ghs_token' };

function given<Value>(inputs: Given, read: () => Value): Value {
  const restore = setEnvironment(Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])));
  try {
    return read();
  } finally {
    restore();
  }
}

function inputsOf(changes: Given): Inputs {
  return given({ ...watchdog, ...changes }, () => readInputs({}));
}

function wrong(changes: Given): string {
  try {
    inputsOf(changes);
  } catch (thrown) {
    if (thrown instanceof SyncError && thrown.reason === 'invalid-input') return [thrown.message, ...thrown.details].join('\n');
    throw thrown;
  }
  throw new Error('nothing is wrong');
}

describe('contacts', () => {
  test('are user names by comma or line, with or without an @, each once', () => {
    const { contacts } = inputsOf({ contacts: '@Ada-IT, bob\n\n carol_contoso ,ada-it,@bob' });
    expect(contacts).toEqual([{ name: 'Ada-IT', entry: 1 }, { name: 'bob', entry: 2 }, { name: 'carol_contoso', entry: 3 }]);
    expect(inputsOf({ contacts: 'ada, Ada, ada, @bob' })).toMatchObject({ contacts: [{ name: 'ada', entry: 1 }, { name: 'bob', entry: 4 }] });
  });

  test.each(['ada-', 'a--b', 'octo-cat_contoso', 'a'.repeat(39)])('may be called as GitHub once allowed: %j', (name) => {
    expect(inputsOf({ contacts: `@${name}` })).toMatchObject({ contacts: [{ name }] });
  });

  test.each(['-x', '_x', 'ä', 'two names', 'x.y', 'a'.repeat(40), '@', '@@ada', 'contoso/it', 'ada@contoso.com'])('cannot be %j', (name) => {
    expect(wrong({ contacts: name })).toContain('it takes GitHub user names');
  });

  test('cannot be teams, nor more than GitHub assigns to an issue', () => {
    expect(wrong({ contacts: '@contoso/it' })).toContain('"@contoso/it"; it takes GitHub user names: a team cannot be assigned to an issue.');
    expect(wrong({ contacts: Array.from({ length: 11 }, (_, index) => `user${index}`).join(',') })).toContain('names 11 users; it takes at most 10');
  });

  test('are told as they were given', () => {
    expect(wrong({ contacts: 'ada, @' })).toContain('`contacts` holds "@"; it takes GitHub user names.');
  });

  test('are known even where everything else is wrong', () => {
    expect(given({ mode: 'destroy', contacts: 'ada, not a name, bob', 'github-token': 'ghs', 'sync-file': 'x.yml' }, readContactInputs)).toEqual({
      contacts: [{ name: 'ada', entry: 1 }, { name: 'bob', entry: 3 }],
      githubToken: 'ghs',
      syncFile: 'x.yml',
      isWatchdog: false,
    });
    expect(given({ mode: 'watchdog' }, readContactInputs)).toEqual({ contacts: [], githubToken: '', syncFile: '.github/oomnitza-user-sync.yml', isWatchdog: true });
  });
});

describe('a watchdog', () => {
  test.each([['', 26], ['1h', 1], ['26h', 26], ['3d', 72]])('waits %j for a success', (maxAge, hours) => {
    expect(inputsOf({ 'max-age': maxAge })).toMatchObject({ microsoft: undefined, oomnitza: undefined, watch: { workflow: 'sync.yml', maxAgeHours: hours } });
  });

  test('has no use for what a sync needs, complete or not', () => {
    expect(inputsOf({ 'tenant-id': 'contoso.com', 'oomnitza-url': 'https://example.oomnitza.com' })).toMatchObject({ microsoft: undefined, oomnitza: undefined });
  });

  test.each(['0h', '26', '1.5h', '3w', '-1h', '3 d', 'd', '10000h'])('cannot wait %j', (maxAge) => {
    expect(wrong({ 'max-age': maxAge })).toContain('it takes hours or days, such as 26h or 3d');
  });

  test.each(['.github/workflows/sync.yml', 'Sync', 'sync.yml\nx.yml', '..\\sync.yml'])('cannot look after %j', (workflow) => {
    expect(wrong({ 'watch-workflow': workflow })).toContain('it takes the name of a file in .github/workflows');
  });

  test('needs a workflow, somebody to tell, and a token', () => {
    const all = wrong({ contacts: '', 'watch-workflow': '', 'github-token': '' });
    for (const name of ['contacts', 'watch-workflow', 'github-token']) expect(all).toContain(`\`${name}\` is missing`);
    expect(wrong({ contacts: ' , ' })).toContain('`contacts` names nobody');
  });
});
