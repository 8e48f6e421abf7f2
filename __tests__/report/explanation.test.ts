import { describe, expect, test } from '@jest/globals';
import { renderLogSummary, renderSummary, type UserStory } from '../../src/report/index.ts';
import { outcomeSentences } from '../../src/report/index.ts';
import { inFull } from '../support/in-full.ts';
import { entry, planOf, reportOf } from './samples.ts';

const position = { line: 7, column: 3 };

function story(given: Partial<UserStory>): UserStory {
  return { properties: [], filter: undefined, groups: [], devices: undefined, scope: [], rules: [], match: { keys: [], record: undefined, fields: [] }, isWritten: true, outcome: ['Nothing.'], ...given };
}

function logOf(user: UserStory | undefined): string {
  return renderLogSummary(reportOf({ explanation: { asked: 'ada@example.com', user } })).join('\n');
}

describe('what kept a user out is told', () => {
  test.each([
    [
      'a filter, clause by clause',
      story({ filter: { matches: false, clauses: [{ text: 'a eq 1', outcome: { matches: true } }, { text: "b eq '`'", outcome: { matches: false } }, { text: 'c', outcome: { failure: 'refused' } }] } }),
      "`source.filter`: `a eq 1` | matches\n  `source.filter`: ``b eq '`'`` | does not match\n  `source.filter`: `c` | cannot be told alone: refused",
    ],
    ['a group', story({ groups: [{ id: 'g-1', name: '', member: false }, { id: 'g-2', name: 'Staff', member: true }] }), '`source.groups`: `g-1` | is no member\n  `source.groups`: `Staff` (`g-2`) | is a member'],
    ['devices', story({ devices: 0 }), '`source.kind: intune` | has no managed device'],
    ['one device', story({ devices: 1 }), 'has 1 managed device\n'],
    ['several devices', story({ devices: 3 }), 'has 3 managed devices'],
    ['a condition that fails', story({ scope: [{ text: 'user.x', position, outcome: { failure: 'too much' } }] }), '`scope`, line 7: `user.x` | cannot be told: too much'],
  ])('%s', (_name, user, told) => {
    expect(`${logOf(user)}\n`).toContain(told);
  });

  test('in a sentence', () => {
    const out = planOf([], { counts: { scope: 0 } });
    const holds = (does: boolean): UserStory['scope'][number] => ({ text: 'x', position, outcome: { holds: does, stumbled: false } });
    expect(outcomeSentences(false, [], out)).toEqual(['Nothing: the sync does not read this user, since `source` leaves the user out.']);
    expect(outcomeSentences(true, [holds(true), holds(false)], out)).toEqual(['Nothing: the user is out of scope, by the condition in line 7.']);
    expect(outcomeSentences(true, [holds(false), holds(false)], out)).toEqual(['Nothing: the user is out of scope, by the condition in line 7.']);
    expect(outcomeSentences(true, [], planOf([]))).toEqual(['Nothing: the record has all values already.']);
    const field = { field: 'office', before: null, after: 'x' };
    const sentences = outcomeSentences(true, [], planOf([entry({ action: 'create', fields: [field] }), entry({ action: 'conflict', reason: 'duplicate-target', message: 'two records' })]));
    expect(sentences).toEqual(['A record would be created, with 1 field: `office`.', 'Nothing would be written (conflict). Several Oomnitza records have the same sync key (duplicate-target): two records.']);
  });
});

test('nobody to explain is said in log and summary', () => {
  expect(logOf(undefined)).toContain('ada@example.com: the directory has no user with this name, mail address or id');
  expect(renderSummary(reportOf({ plan: planOf([]), explanation: { asked: 'ada@example.com', user: undefined } }))).toMatch(/^## ℹ️ Nobody to explain was found[^]*The directory has no user with this name/);
});

test.each(['a`b', "city eq '``' or `x`", '`', '``a', 'b`'])('text with backticks stands whole between those that set it off: %s', (text) => {
  const user = story({ filter: { matches: true, clauses: [{ text, outcome: { matches: true } }] } });
  const cell = `<code>source.filter</code>: <code>${text.replaceAll('`', '&#96;')}</code> | matches`;
  expect(renderSummary(reportOf({ explanation: { asked: 'ada@example.com', user } })).replaceAll('<wbr>', '')).toContain(cell);
});

test('records and values that are hostile form nothing', () => {
  const evil = '<img src=x>| @octocat `x` ::error::\n# h';
  const user = story({
    properties: [{ name: 'jobTitle', value: evil }, { name: 'identities', value: [{ issuer: evil }] }, { name: 'city', value: null }],
    rules: [{ field: 'position', origin: 'user', position, steps: [{ what: 'jobTitle', outcome: { value: evil } }, { what: 'epoch_seconds', outcome: { failure: 'no date' } }] }],
    match: { keys: [{ field: 'email', value: evil, found: [{ userId: '1', username: evil, archived: true }] }], record: undefined, fields: [{ field: 'position', before: null, after: evil, verdict: 'set' }] },
  });
  const summary = renderSummary(reportOf({ explanation: { asked: evil, user } }));
  expect(summary).not.toMatch(/<img|@octocat|\n# h/);
  for (const line of renderLogSummary(reportOf({ explanation: { asked: evil, user } }))) expect(line).not.toMatch(/\n|::error::/);
  expect(summary).toContain('archived');
});

test('a user who is out of scope for being disabled alone counts as somebody who left', () => {
  const left = planOf([entry({ action: 'leaver', reason: 'disabled', message: 'the account is disabled' })], { counts: { scope: 0 } });
  const [first = '', second = ''] = outcomeSentences(true, [], left);
  expect(first).toContain('somebody who left');
  expect(second).toContain('Disabled in the directory (disabled)');
});

test.each([['suspend', 'suspended'], ['restore', 'restored']] as const)('a %s is told with its reason', (action, done) => {
  expect(inFull(outcomeSentences(true, [], planOf([entry({ action, username: 'ada', reason: 'disabled', message: 'the account is disabled' })])))).toEqual([`The record \`ada\` would be ${done}, since the account is disabled.`]);
});
