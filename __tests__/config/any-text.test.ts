import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { parseSyncFile } from '../../src/config/index.ts';
import { SyncError } from '../../src/errors.ts';

/** Accepts any text: it is a sync file, or refused with problems that stand inside it, in its order. */
function expectJudged(text: string): void {
  try {
    parseSyncFile(text);
  } catch (thrown) {
    if (!(thrown instanceof SyncError)) throw thrown;
    expect(thrown.reason).toBe('invalid-sync-file');
    expect(thrown.problems.length).toBeGreaterThan(0);
    const lines = text.replace(/^\uFEFF/, '').split('\n');
    const places = thrown.problems.map(({ position }) => position);
    const outside = places.filter(({ line, column }) => !(column >= 1 && column <= (lines[line - 1]?.length ?? -1) + 1));
    expect(outside).toEqual([]);
    const inOrder = places.toSorted((left, right) => left.line - right.line || left.column - right.column);
    expect(places).toEqual(inOrder);
  }
}

const yamlPieces = [
  'version', 'sync-keys', 'fields', 'defaults', 'source', 'preset', 'email', 'role', 'apply', 'null', '1', '25', 'true', 'entra', 'mail',
  ': ', ':', ', ', '- ', '? ', '\n', '\n  ', '\n    ', '\t', '{', '}', '[', ']', '"', "'", '&a ', '*a', '!!str ', '!x ', '|', '>', '#', '%', '@',
  '---\n', '...\n', '<<', '__proto__', '\r\n', '\uFEFF', '\u0000', '\ud83d\ude00', '~', '.inf', '0071',
];

const leaf = fc.oneof(
  fc.constantFrom(...yamlPieces, 'always', 'on-create', 'keep', 'clear', 'update-only', 'businessPhones[0]', 'manager.mail', 'city'),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const names = fc.constantFrom('source', 'value', 'default', 'required', 'apply', 'when-empty', 'filter', 'min-users', 'email', 'role', 'user_id', 'x y');
const { tree } = fc.letrec<{ tree: unknown; list: unknown; mapping: unknown }>((tie) => ({
  tree: fc.oneof({ depthSize: 'small' }, leaf, tie('list'), tie('mapping')),
  list: fc.array(tie('tree'), { maxLength: 3 }),
  mapping: fc.dictionary(fc.oneof(names, fc.string({ maxLength: 4 })), tie('tree'), { maxKeys: 4 }),
}));
const nearlySyncFile = fc.record(
  {
    version: fc.oneof({ weight: 5, arbitrary: fc.constant(1) }, tree),
    'sync-keys': fc.oneof({ weight: 5, arbitrary: fc.constant(['email']) }, tree),
    enabled: fc.oneof(fc.boolean(), tree),
    source: tree,
    preset: fc.oneof(fc.constantFrom('entra', 'none'), tree),
    preference: fc.oneof(fc.constantFrom('create-only', 'update-only'), tree),
    defaults: tree,
    fields: fc.oneof(fc.dictionary(names, tree, { maxKeys: 5 }), tree),
  },
  { requiredKeys: ['version', 'sync-keys'] },
);

describe('any text is accepted or refused with places inside it', () => {
  test('characters at random', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), expectJudged), { numRuns: 500 });
  });

  test('pieces of YAML at random', () => {
    const text = fc.array(fc.constantFrom(...yamlPieces), { maxLength: 40 }).map((pieces) => pieces.join(''));
    fc.assert(fc.property(text, expectJudged), { numRuns: 3000 });
  });

  test('a break of lines after what is no YAML', () => {
    expectJudged('""...\nversion...\n\n    :');
  });

  test('good YAML that is nearly a sync file', () => {
    fc.assert(fc.property(nearlySyncFile, (content) => { expectJudged(stringify(content)); }), { numRuns: 600 });
  });
});

test('a text of 32 KiB is judged in the time that a test has, whatever it holds', () => {
  const size = 32 * 1024;
  const pieces = ['[', '{', '- ', '? ', '"', '}', '! ', '&a ', '*a ', '%a\n', '---\n', '\n', 'a: ', 'a\n', 'a: a\n', '\t', '|\n', "'", ', ', '\\', '\u0000'];
  for (const piece of pieces) {
    expectJudged(piece.repeat(size / piece.length));
  }
});

test('ten thousand keys and problems take no more than their share', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => index);
  expect(() => parseSyncFile(`version: 1\nsync-keys: [${many.map((n) => `k${n}`).join(', ')}]\n`)).toThrow('10000 problems');
  expect(() => parseSyncFile(`version: 1\nsync-keys: [email]\n${many.map((n) => `k${n}: 1\n`).join('')}`)).toThrow('10000 problems');
});
