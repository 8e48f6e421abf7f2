import { describe, expect, test } from '@jest/globals';
import { parseSyncFile, withFieldNames, type SyncFile } from '../../src/config/index.ts';
import { asSyncError } from '../../src/errors.ts';
import { unknownField, type InstanceField } from '../../src/instance-field/index.ts';

const labels = { cost_center: 'Cost Center', first_name: 'First name', email: 'Mail', username: 'User', role: 'Role', office: 'Building', floor: 'Place', room: 'Place', building: 'office', version: 'Release', saas: 'Access' };
const fields = new Map(Object.entries(labels).map(([name, label]): [string, InstanceField] => [name, { ...unknownField(name), label }]));

function named(text: string): SyncFile {
  return withFieldNames(parseSyncFile(`version: 1\n${text}`), fields);
}

function problemsOf(text: string): string[] {
  try {
    named(text);
  } catch (thrown) {
    const { reason, problems } = asSyncError(thrown);
    expect(reason).toBe('invalid-sync-file');
    return problems.map(({ position, message, hint }) => `${position.line}:${position.column} ${message} ${hint ?? ''}`);
  }
  throw new Error('every field was found');
}

describe('a field that is named by its label', () => {
  test('has its name everywhere, and rules and defaults are in the order of the names', () => {
    const file = named('sync-keys: [Mail, Cost Center]\npreset: none\ndefaults: { User: x, Role: 25, email: y }\nfields: { Mail: mail, "Cost Center": department, office: city, User: mail }\n');
    expect(file.syncKeys.map(({ field }) => field)).toEqual(['email', 'cost_center']);
    expect(file.rules.map(({ field }) => field)).toEqual(['cost_center', 'email', 'office', 'username']);
    expect(file.defaults.map(({ field }) => field)).toEqual(['email', 'role', 'username']);
  });

  test('takes the place of the preset’s rule', () => {
    const { rules } = named('sync-keys: [email]\nfields: { First name: displayName }\n');
    expect(rules.filter(({ field }) => field === 'first_name')).toMatchObject([{ origin: 'user', from: { paths: [{ text: 'displayName' }] } }]);
    expect(rules.map(({ field }) => field)).toEqual(rules.map(({ field }) => field).toSorted());
  });

  test('is found in other letters, where none has it in these', () => {
    expect(named('sync-keys: [mail]\npreset: none\nfields: { User: mail, "cost center": department, mail: mail }\n').rules.map(({ field }) => field)).toEqual(['cost_center', 'email', 'username']);
    const both = new Map([['a', 'Cost Center'], ['b', 'Cost center']].map(([name = '', label]): [string, InstanceField] => [name, { ...unknownField(name), label }]));
    expect(withFieldNames(parseSyncFile('version: 1\nsync-keys: [email]\nfields: { Cost center: city }\n'), both).rules.map(({ field }) => field)).toContain('b');
  });

  test('could be one, and is a field’s name: what must be there is held against it all the same', () => {
    const spelt = new Map(fields).set('Key', unknownField('Key'));
    const file = parseSyncFile('version: 1\nsync-keys: [email]\nfields: { Key: city, username: null }\n');
    expect(() => withFieldNames(file, spelt)).toThrow(expect.objectContaining({ problems: [expect.objectContaining({ message: expect.stringContaining('`username`') })] }));
  });

  test('is another where a field has that name', () => {
    expect(named('sync-keys: [email]\nfields: { office: city }\n').rules.map(({ field }) => field)).toContain('office');
  });

  test('stays as it is where no field has it', () => {
    expect(named('sync-keys: [email]\nfields: { Shoe size: city }\n').rules.map(({ field }) => field)).toContain('Shoe size');
  });
});

test.each([
  [
    'a label of several fields',
    'sync-keys: [email]\nfields:\n  Place: city\n',
    ['4:3 Several fields of the instance have the label `Place`: `floor` and `room`. Write the name of the one that is meant.'],
  ],
  [
    'two keys for the same field',
    'sync-keys: [email, Mail]\nfields:\n  Cost Center: city\n  office: city\n  cost_center: city\n',
    [
      '2:13 `email` and `Mail` are the same field, `email`. Keep one of them.',
      '2:20 `email` and `Mail` are the same field, `email`. Keep one of them.',
      '4:3 `Cost Center` and `cost_center` are the same field, `cost_center`. Keep one of them.',
      '6:3 `Cost Center` and `cost_center` are the same field, `cost_center`. Keep one of them.',
    ],
  ],
  ['a field that Oomnitza keeps itself', 'sync-keys: [email]\nfields:\n  Release: city\n', ['4:3 Oomnitza sets `version` by itself; a sync cannot write it. Remove it, or name another field.']],
  [
    'a rule for the role that does not say when it applies',
    'sync-keys: [email]\nfields:\n  Role: { value: 31 }\n',
    [
      '4:3 `Role` is the field `role`, and a rule for it must not be applied always by oversight: it would demote administrators to the role it gives. ' +
        'Write `apply: on-create` or, if it is to be applied always, name the field `role` and state `apply: always`.',
    ],
  ],
  [
    'what has to have a value and gets none',
    'sync-keys: [Building]\npreset: none\nfields:\n  Mail: mail\n',
    ['1:1 Nothing gives `username` a value, and Oomnitza creates nobody without one. Add a rule for `username` under `fields`.', '2:13 The sync key `Building` has no rule. Add a rule for `office` under `fields`.'],
  ],
  ['the field that is called as an assignment, beside one', 'sync-keys: [email]\nfields:\n  Access: city\nsaas: { application: 12 }\n', [expect.stringMatching(/^4:3 Beside `saas`, a field cannot be called `saas`/)]],
])('%s is told on its line', (_name, text, problems) => {
  expect(problemsOf(text)).toEqual(problems);
});

describe('identity and marker', () => {
  test('by their labels have their names', () => {
    const file = named('identity: Cost Center\nsync-keys: [Mail]\nleavers: { marker: Building }\n');
    expect([file.identity?.field, file.leavers.marker?.field]).toEqual(['cost_center', 'office']);
    expect(file.syncKeys.map(({ field }) => field)).toEqual(['cost_center', 'email']);
    expect(file.rules.find(({ field }) => field === 'cost_center')).toMatchObject({ from: { paths: [{ text: 'id' }] } });
  });

  test('are no fields that are needed otherwise', () => {
    expect(problemsOf('identity: Mail\n')).toEqual([expect.stringContaining('2:11 `identity` cannot be `email`')]);
    expect(problemsOf('sync-keys: [email]\nleavers: { marker: Building }\nfields: { office: city }\n')).toEqual([expect.stringContaining('3:20 The marker `office` has a rule')]);
    expect(problemsOf('identity: Cost Center\nsync-keys: [Mail, cost_center]\n')).toHaveLength(2);
  });
});
