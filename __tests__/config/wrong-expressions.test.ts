import { describe, expect, test } from '@jest/globals';
import { SyncError } from '../../src/errors.ts';
import { parseSyncFile } from '../../src/config/index.ts';
import { cpuTimeOf } from '../support/cpu-time.ts';

const head = 'version: 1\nsync-keys: [email]\n';

/** `line:column` and message of everything that is wrong. */
function wrong(text: string): string[] {
  try {
    parseSyncFile(head + text);
  } catch (thrown) {
    if (thrown instanceof SyncError) return thrown.problems.map(({ message, position }) => `${position.line}:${position.column} ${message}`);
  }
  return [];
}

describe('an expression is wrong at its own character', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['plain', 'scope: user.depatment == "IT"\n', '3:13 A user in Microsoft Graph has no property `depatment`.'],
    ['in single quotes', "scope: '!user.mali'\n", '3:15 A user in Microsoft Graph has no property `mali`.'],
    ['in double quotes, with escapes', 'scope: "user.city == \\"x\\" && user.mali == null"\n', '3:36 A user in Microsoft Graph has no property `mali`.'],
    ['in a block', 'scope: |\n  user.city == "Oslo"\n    && user.mali == null\n', '5:13 A user in Microsoft Graph has no property `mali`.'],
    ['in a folded block', 'scope: >-\n  user.city ==\n  user.mali\n', '5:8 A user in Microsoft Graph has no property `mali`.'],
    ['over several lines', 'scope: user.city ==\n  user.mali\n', '4:8 A user in Microsoft Graph has no property `mali`.'],
    ['in a list', 'scope:\n  - user.city != null\n  - user.mali != null\n', '5:10 A user in Microsoft Graph has no property `mali`.'],
    ['in a rule', 'fields:\n  office: { expression: user.hireDate }\n', '4:30 Microsoft Graph does not return `hireDate` in a list of users.'],
  ];
  test.each(cases)('%s', (_name, text, problem) => {
    expect(wrong(text)).toEqual([problem]);
  });
});

test('a condition has to be true or false, and a misplaced sign is told', () => {
  expect(wrong('scope: user.city\n')[0]).toMatch(/^3:\d+ /);
  expect(wrong('scope: user.city ==\n')[0]).toMatch(/^3:\d+ /);
  expect(wrong('scope: []\n')[0]).toMatch(/^3:8 `scope` is an empty list; it takes/);
});

test('a source path that no user has is wrong at the name', () => {
  expect(wrong('fields:\n  cost_center: onPremisesExtensionAttributes.extensionAtribute3\n')).toEqual([
    '4:46 `OnPremisesExtensionAttributes` in Microsoft Graph has no property `extensionAtribute3`.',
  ]);
  expect(wrong('fields:\n  city: mail[0]\n')).toEqual(['4:13 What stands before the index is no list.']);
});

test('an unknown converter, a missing argument and an order that makes no sense are wrong', () => {
  expect(wrong('fields:\n  nick: { source: mail, convert: lowercas }\n')[0]).toMatch(/^4:34 .*lowercas/);
  expect(wrong('fields:\n  nick: { value: Ada, convert: lowercas }\n')).toHaveLength(1);
  expect(wrong('fields:\n  nick: { source: mail, convert: member_of }\n')[0]).toMatch(/^4:34 The converter `member_of` needs `map`/);
  expect(wrong('fields:\n  nick: { source: mail, convert: [epoch_seconds, trim] }\n')[0]).toMatch(/`trim` cannot convert what `epoch_seconds` gives/);
});

describe('a comment that takes conditions with it', () => {
  const told = 'This comment takes the lines below it with it, since YAML makes one line of them.';

  test.each([
    ['in a folded block', 'scope: >\n  user.accountEnabled // active\n  && user.userType != "Guest"\n', `4:23 ${told}`],
    ['in a plain text', 'scope: user.accountEnabled // active\n  && user.userType != "Guest"\n', `3:28 ${told}`],
    ['in quotes', `fields:\n  office:\n    expression: 'user.city // x\n      + "y"'\n`, `5:28 ${told}`],
    ['in a list', 'scope:\n  - user.accountEnabled\n  - >-\n    user.city != "" // x\n    && user.mial != "y"\n', `6:21 ${told}`],
  ])('is told %s', (_name, text, problem) => {
    expect(wrong(text)).toContain(problem);
  });

  test.each(['scope: |\n  user.accountEnabled // active\n  && user.userType != "Guest"\n', 'scope: user.accountEnabled // active\n', `scope: 'user.mail != "https://x" && user.city != "a"'\n`, 'scope: >\n  user.accountEnabled\n  // active\n'])('is none in %j', (text) => {
    expect(wrong(text)).toEqual([]);
  });
});

test('arguments that no converter takes are told where they stand', () => {
  expect(wrong('fields: { x: { expression: \'split(user.mail, "", 0)\' } }\n')).toEqual(['3:29 `split` takes a text that is not empty as `on`.']);
  for (const table of ['{}', '{"a": null}', '{"a": ["b"]}']) {
    expect(wrong(`fields: { x: { expression: 'member_of(user.otherMails, ${table})' } }\n`)).toEqual(['3:29 `member_of` takes a mapping of texts to results as `map`.']);
  }
});

test('what no user has a say in cannot make reading a file slow', () => {
  const long = `"aaaaaaaaaa"${'.replace("a","aaaaaaaaaa")'.repeat(4)}${'.reverse()'.repeat(235)}.size()`;
  const rules = Array.from({ length: 20 }, (_each, index) => `  f${index}: { expression: '${long} + ${long} + ${long}' }\n`);
  expect(cpuTimeOf(() => { expect(wrong(`fields:\n${rules.join('')}`)).toEqual([]); })).toBeLessThan(10_000);
});
