import { describe, expect, test } from '@jest/globals';
import { parseSyncFile, usableRules, type UsableRules } from '../../src/config/index.ts';
import { asSyncError, type SyncError } from '../../src/errors.ts';
import { unknownField, type FieldType, type InstanceField } from '../../src/instance-field/index.ts';
import { disclosedFailure } from '../../src/report/index.ts';
import { inFull } from '../support/in-full.ts';

const smallest = 'version: 1\nsync-keys: [email]\n';
const entraFields = ['account_enabled', 'department', 'mail_nickname'];

type Fields = Readonly<Record<string, Partial<InstanceField>>>;

function named(...names: readonly string[]): Fields {
  return Object.fromEntries(names.map((name) => [name, {}]));
}

function usable(text: string, fields: Fields, ignoreRestriction = false): UsableRules & { readonly fields: readonly string[] } {
  const file = parseSyncFile(text);
  const known = new Map(Object.entries(fields).map(([name, more]) => [name, { ...unknownField(name), ...more }]));
  const found = usableRules(file, known, ignoreRestriction);
  return { ...found, fields: found.columns.map((index) => file.rules[index]?.field ?? 'no such rule') };
}

function failureOf(text: string, fields: Fields): SyncError {
  try {
    usable(text, fields);
  } catch (thrown) {
    return disclosedFailure(asSyncError(thrown), 'full') ?? asSyncError(undefined);
  }
  throw new Error('the file fits the instance');
}

/** Place, message and hint of each problem. */
function problemsOf(text: string, fields: Fields): string[][] {
  const { reason, problems } = failureOf(text, fields);
  expect(reason).toBe('invalid-sync-file');
  return problems.map(({ position, message, hint }) => [`${position.line}:${position.column}`, message, hint ?? '']);
}

describe('fields that an instance has or has not', () => {
  test('every rule is kept whose field there is', () => {
    expect(usable(smallest, named(...entraFields))).toMatchObject({ leftOut: [], columns: { length: 8 } });
  });

  test('rules of the preset whose field there is not are left out, and never a documented field', () => {
    expect(usable(smallest, named('department'))).toMatchObject({
      fields: ['department', 'email', 'first_name', 'last_name', 'position', 'username'],
      leftOut: ['account_enabled', 'mail_nickname'].map((field) => ({ field, of: 'the preset', why: 'the instance has no such field' })),
    });
    expect(usable(smallest, {}).fields).toEqual(['email', 'first_name', 'last_name', 'position', 'username']);
  });

  test('a field that the user names and the instance does not have is a problem, told once', () => {
    const text = 'version: 1\nsync-keys: [employee_nr]\ndefaults: { role: 25, floor: 1 }\nfields:\n  employee_nr: employeeId\n';
    expect(problemsOf(text, named('employee_number'))).toEqual([
      ['3:23', 'The instance has no field `floor`.', 'Create the field in Oomnitza, or take it out of the sync file.'],
      ['5:3', 'The instance has no field `employee_nr`.', 'Did you mean `employee_number`?'],
    ]);
  });
});

describe('fields that the instance marks as not editable', () => {
  const locked = { editable: false };
  const hint = 'Take it out of the sync file or, to write it nevertheless, set the input `oomnitza-ignore-meta-restriction: true`.';

  test('are problems where the user names them, each once', () => {
    const text = 'version: 1\nsync-keys: [email, badge]\ndefaults: { role: 25, floor: 1 }\nfields:\n  badge: employeeId\n';
    expect(problemsOf(text, { badge: locked, floor: locked })).toEqual([
      ['3:23', 'The instance marks `floor` as not editable.', hint],
      ['5:3', 'The instance marks `badge` as not editable.', hint],
    ]);
  });

  test('are left out of a preset', () => {
    expect(usable(smallest, { ...named(...entraFields), department: locked })).toMatchObject({
      fields: ['account_enabled', 'email', 'first_name', 'last_name', 'mail_nickname', 'position', 'username'],
      leftOut: [{ field: 'department', of: 'the preset', why: 'the instance marks the field as not editable' }],
    });
  });

  test('are problems in a preset too where nobody could be created or found without them', () => {
    expect(problemsOf('version: 1\npreset: entra\nsync-keys: [mail_nickname]\n', { username: locked, mail_nickname: locked })).toEqual([
      ['2:1', 'The instance marks `username` as not editable.', hint],
      ['3:13', 'The instance marks `mail_nickname` as not editable.', hint],
    ]);
  });

  test('are used like any other where the input allows it', () => {
    const text = 'version: 1\nsync-keys: [email]\nfields:\n  badge: employeeId\n';
    expect(usable(text, { ...named(...entraFields), badge: locked, department: locked }, true)).toMatchObject({ columns: { length: 9 }, leftOut: [] });
  });
});

describe('sources of a type that the field never takes', () => {
  const numbers = 'Choose a number with an expression, such as `user.accountEnabled ? 1 : 0`.';
  const seconds = 'Add `convert: epoch_seconds`, which gives seconds since 1970.';
  const compare = 'Compare the time in an expression, such as `timestamp(user.employeeHireDate) < timestamp("2030-01-01")`.';
  const date = 'Name a property that holds a date.';

  test.each([
    ['integer', 'accountEnabled', 'holds whole numbers, and this gives true or false', numbers],
    ['number', 'accountEnabled', 'holds numbers, and this gives true or false', numbers],
    ['integer', 'createdDateTime', 'holds whole numbers, and this gives a time', seconds],
    ['number', 'employeeHireDate', 'holds numbers, and this gives a time', seconds],
    ['boolean', 'createdDateTime', 'holds true or false, and this gives a time', compare],
    ['date', 'accountEnabled', 'holds dates, and this gives true or false', date],
    ['date', '{ expression: user.userType == "Guest" }', 'holds dates, and this gives true or false', date, '4:20'],
    ['boolean', '{ expression: timestamp(user.createdDateTime) }', 'holds true or false, and this gives a time', compare, '4:20'],
    ['boolean', '[department, createdDateTime]', 'holds true or false, and this gives a time', compare, '4:19'],
  ] satisfies (readonly [FieldType, string, string, string, string?])[])('a field of type %s and `%s`', (type, rule, message, hint, place = '4:6') => {
    const text = `version: 1\nsync-keys: [email]\nfields:\n  x: ${rule}\n`;
    expect(problemsOf(text, { x: { type } })).toEqual([[place, `The instance's field \`x\` ${message}.`, hint]]);
  });

  test.each([
    ['text', 'accountEnabled'],
    ['text', 'createdDateTime'],
    ['unknown', 'accountEnabled'],
    ['integer', 'employeeId'],
    ['integer', '{ source: createdDateTime, convert: epoch_seconds }'],
    ['integer', '{ expression: "user.accountEnabled ? 1 : 0" }'],
    ['integer', 'extension_0123456789abcdef0123456789abcdef_floor'],
    ['boolean', 'accountEnabled'],
    ['boolean', 'deviceEnrollmentLimit'],
    ['boolean', 'businessPhones'],
    ['date', 'createdDateTime'],
    ['date', '{ expression: timestamp(user.createdDateTime) }'],
    ['date', '{ source: createdDateTime, convert: epoch_seconds }'],
    ['number', '{ expression: "size(user.businessPhones)" }'],
  ] as const)('may fit: a field of type %s and `%s`', (type, rule) => {
    const text = `version: 1\nsync-keys: [email]\nfields:\n  x: ${rule}\n`;
    expect(usable(text, { x: { type } }).fields).toContain('x');
  });

  test('a drop-down may have options of any type', () => {
    const text = 'version: 1\nsync-keys: [email]\nfields:\n  x: accountEnabled\n';
    expect(usable(text, { x: { type: 'integer', options: [{ key: '1', label: 'Yes' }] } }).fields).toContain('x');
  });

  test('leave out a rule of the preset, which nobody wrote', () => {
    expect(usable(smallest, { ...named(...entraFields), account_enabled: { type: 'date' } })).toMatchObject({
      columns: { length: 7 },
      leftOut: [{ field: 'account_enabled', of: 'the preset', why: 'the field holds dates, and this gives true or false' }],
    });
  });

  test('are problems of a preset where nobody could be found without the field', () => {
    expect(problemsOf('version: 1\nsync-keys: [account_enabled]\n', { account_enabled: { type: 'date' } })).toEqual([
      ['1:1', "The instance's field `account_enabled` holds dates, and this gives true or false.", 'It is a rule of the preset: write one of your own for `account_enabled` under `fields`.'],
    ]);
  });
});

describe('constants that the field never takes', () => {
  const kinds = { options: [{ key: 'EMP', label: 'Employee' }, { key: 'CON', label: 'Contractor' }, { key: 'INT', label: 'INT' }] };

  test.each([
    ['{ value: soon }', { type: 'date' }, '4:18', 'holds dates, and the value is none: `soon`', 'Write a date such as `2024-02-29` or `2024-02-29T13:45:10Z`.'],
    ['{ value: 1.5 }', { type: 'integer' }, '4:18', 'holds whole numbers, and the value is none: `1.5`', 'Write digits, without quotes.'],
    ['{ value: much }', { type: 'number' }, '4:18', 'holds numbers, and the value is none: `much`', 'Write digits, without quotes.'],
    ['{ value: 2 }', { type: 'boolean' }, '4:18', 'holds true or false, and the value is neither: `2`', 'Write `true` or `false`.'],
    ['{ value: abcdef }', { type: 'text', maxLength: 5 }, '4:18', 'holds 5 characters at most, and the value has 6: `abcdef`', 'Write a shorter one.'],
    ['{ value: Employe }', kinds, '4:18', 'takes `EMP` (Employee), `CON` (Contractor), `INT` and nothing else: `Employe`', 'Did you mean `Employee`?'],
    ['{ value: Robot }', kinds, '4:18', 'takes `EMP` (Employee), `CON` (Contractor), `INT` and nothing else: `Robot`', 'Write one of them.'],
    ['{ value: 12 }', { options: [{ key: '1', label: 'One' }, { key: '2', label: 'Two' }] }, '4:18', 'takes `1` (One), `2` (Two) and nothing else: `12`', 'Write one of them.'],
    ['{ source: jobTitle, default: Robot }', kinds, '4:38', 'takes `EMP` (Employee), `CON` (Contractor), `INT` and nothing else: `Robot`', 'Write one of them.'],
    ['{ value: Robot, convert: lowercase }', kinds, '4:18', 'takes `EMP` (Employee), `CON` (Contractor), `INT` and nothing else: `robot`', 'Write one of them.'],
  ] as const)('%s', (rule, field, place, message, hint) => {
    const text = `version: 1\nsync-keys: [email]\nfields:\n  kind: ${rule}\n`;
    expect(problemsOf(text, { kind: field })).toEqual([[place, `The instance's field \`kind\` ${message}.`, hint]]);
  });

  test('of a role that the instance does not have, no other one is recommended: it might be that of administrators', () => {
    const role = { options: [{ key: '5', label: 'Administrator' }, { key: '25', label: 'Employee' }] };
    for (const given of ['35', '15', 'Administrators']) {
      expect(problemsOf(`version: 1\nsync-keys: [email]\ndefaults: { role: ${given} }\n`, { role })).toEqual([
        ['3:13', `The instance's field \`role\` takes \`5\` (Administrator), \`25\` (Employee) and nothing else: \`${given}\`.`, 'Write one of them.'],
      ]);
    }
  });

  test('a drop-down with many options is not listed whole', () => {
    const options = Array.from({ length: 12 }, (_each, index) => ({ key: `K${index}`, label: `K${index}` }));
    const text = 'version: 1\nsync-keys: [email]\nfields:\n  kind: { value: other }\n';
    expect(problemsOf(text, { kind: { options } })[0]?.[1]).toContain('takes `K0`, `K1`, `K2`, `K3`, `K4`, 7 more and nothing else');
  });

  test('`defaults` as well', () => {
    const role = { type: 'integer', options: [{ key: '7', label: 'Guest' }] } as const;
    expect(problemsOf(`${smallest}defaults: { role: Ghost, position: x, floor: 1 }\n`, { role, position: { editable: false }, floor: { type: 'date' } })).toEqual([
      ['3:13', "The instance's field `role` takes `7` (Guest) and nothing else: `Ghost`.", 'Write one of them.'],
      ['3:26', 'The instance marks `position` as not editable.', expect.stringContaining('oomnitza-ignore-meta-restriction')],
    ]);
  });

  test('the usual defaults are left out where nobody wrote them, but for the role, without which nobody is created', () => {
    const options = [{ key: 'DEV', label: 'Developer' }];
    expect(inFull(usable(smallest, { position: { options } }))).toMatchObject({ defaults: [{ field: 'role' }], leftOut: [...entraFields.map((field) => ({ field })), { field: 'position', of: 'the defaults', why: expect.stringContaining('takes `DEV`') }] });
    expect(usable(smallest, { ...named(...entraFields), position: { editable: false } })).toMatchObject({ defaults: [{ field: 'role' }], leftOut: [{ field: 'position', of: 'the preset' }, { field: 'position', of: 'the defaults' }] });
    expect(problemsOf(smallest, { role: { options: [{ key: '5', label: 'Administrator' }] } })).toEqual([
      ['1:1', "The instance's field `role` takes `5` (Administrator) and nothing else: `25`.", 'The sync file names no role, so new people get 25. Write `defaults: { role: … }` with a role of your instance.'],
    ]);
  });

  test('that fit come out as the instance takes them', () => {
    const role = { type: 'integer', options: [{ key: '7', label: 'Guest' }] } as const;
    expect(usable(`${smallest}defaults: { role: guest, position: 5 }\n`, { role, position: { type: 'text' } }).defaults).toMatchObject([
      { field: 'position', value: '5' },
      { field: 'role', value: 7 },
    ]);
  });

  test('nothing of this is said of a field that cannot be written anyway', () => {
    const text = 'version: 1\nsync-keys: [email]\nfields:\n  kind: { value: Robot }\n';
    expect(problemsOf(text, { kind: { ...kinds, editable: false } })).toHaveLength(1);
  });
});

describe('identity and marker', () => {
  const text = 'version: 1\nidentity: entra_id\nleavers:\n  marker: left_on\n';
  const good: Fields = { ...named(...entraFields), entra_id: { unique: true, type: 'text' }, left_on: { type: 'date' } };

  test('are taken where the one is unique and the other holds dates, or the instance does not say', () => {
    expect(usable(text, good).fields).toContain('entra_id');
    expect(usable(text, { ...good, entra_id: {}, left_on: {} }).fields).toContain('entra_id');
  });

  test.each<[string, Fields, string[]]>([
    ['not unique', { ...good, entra_id: { unique: false } }, ['2:11 The instance does not keep the values of `entra_id` unique, and `identity` has to be.']],
    ['no dates', { ...good, left_on: { type: 'text' } }, ["4:11 The instance's field `left_on` holds no dates, and the marker is one."]],
    ['not editable', { ...good, entra_id: { unique: true, editable: false }, left_on: { type: 'date', editable: false } }, ['2:11 The instance marks `entra_id` as not editable.', '4:11 The instance marks `left_on` as not editable.']],
    ['not there', named(...entraFields), ['2:11 The instance has no field `entra_id`.', '4:11 The instance has no field `left_on`.']],
  ])('are problems on their lines: %s', (_name, fields, problems) => {
    expect(problemsOf(text, fields).map(([place, message]) => `${place ?? ''} ${message ?? ''}`)).toEqual(problems);
  });
});
