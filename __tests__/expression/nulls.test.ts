import { describe, expect, test } from '@jest/globals';
import { evaluated, valueOf } from './support.ts';

/** Nothing that the expressions below name is there, or all of it is null: that must make no difference. */
const users: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'missing': {},
  'null': {
    accountEnabled: null,
    businessPhones: null,
    city: null,
    createdDateTime: null,
    department: null,
    deviceEnrollmentLimit: null,
    employeeOrgData: null,
    mail: null,
    contoso_x: null,
  },
  'undefined': { accountEnabled: undefined, businessPhones: undefined, city: undefined, department: undefined, employeeOrgData: undefined, mail: undefined, contoso_x: undefined },
};

const rows: readonly (readonly [string, unknown])[] = [
  // Read as it is.
  ['user.department', null],
  ['user.employeeOrgData.division', null],
  ['user.contoso_x.y.z', null],
  ['[user.city, "x"]', [null, 'x']],
  ['{"a": user.city}["a"]', null],
  ['dyn(user.city)', null],
  ['true ? user.city : "x"', null],
  // Compared like any other value.
  ['user.department == null', true],
  ['user.department != null', false],
  ['null == user.department', true],
  ['user.department == "IT"', false],
  ['user.department != "IT"', true],
  ['user.department == user.city', true],
  ['user.employeeOrgData == null', true],
  ['user.employeeOrgData.division == null', true],
  ['user.employeeOrgData.division != "x"', true],
  ['user.accountEnabled == true', false],
  ['user.accountEnabled != false', true],
  ['user.deviceEnrollmentLimit == 5', false],
  ['user.contoso_x == null', true],
  ['user.department in ["IT"]', false],
  ['user.department in ["IT", null]', true],
  ['user.department in [user.city]', true],
  ['user.department in {"IT": 1}', false],
  ['!(user.department in ["Service"])', true],
  ['has(user.department)', false],
  ['has(user.employeeOrgData.division)', false],
  ['has(user.contoso_x.y)', false],
  ['[null, 1].exists(x, x == null)', true],
  // Met where a value is needed.
  ['user.city + ", " + user.department', 'stumbled'],
  ['user.city + "x"', 'stumbled'],
  ['"x" + user.city', 'stumbled'],
  ['-user.deviceEnrollmentLimit', 'stumbled'],
  ['user.deviceEnrollmentLimit + 1', 'stumbled'],
  ['user.contoso_x + 1', 'stumbled'],
  ['user.city < "x"', 'stumbled'],
  ['user.contoso_x >= 1', 'stumbled'],
  ['user.department.contains("x")', 'stumbled'],
  ['"x".contains(user.department)', 'stumbled'],
  ['user.department.matches("x")', 'stumbled'],
  ['user.department.size()', 'stumbled'],
  ['size(user.businessPhones)', 'stumbled'],
  ['user.businessPhones[0]', 'stumbled'],
  ['["a"][user.deviceEnrollmentLimit]', 'stumbled'],
  ['{"a": 1}[user.department]', 'stumbled'],
  ['{user.department: 1}["a"]', 'stumbled'],
  ['"x" in user.businessPhones', 'stumbled'],
  ['user.contoso_x["y"]', 'stumbled'],
  ['user.businessPhones.exists(p, true)', 'stumbled'],
  ['user.businessPhones.map(p, p)', 'stumbled'],
  ['user.contoso_x.filter(p, true)', 'stumbled'],
  ['user.businessPhones + ["x"]', 'stumbled'],
  ['user.businessPhones.join()', 'stumbled'],
  ['[user.city].join()', 'stumbled'],
  ['string(user.city)', 'stumbled'],
  ['int(user.contoso_x)', 'stumbled'],
  ['timestamp(user.createdDateTime)', 'stumbled'],
  ['lowercase(user.mail)', 'stumbled'],
  ['split(user.mail, "@", 0)', 'stumbled'],
  ['kind_of(user.mail)', 'stumbled'],
  ['!user.accountEnabled', 'stumbled'],
  ['user.accountEnabled ? 1 : 2', 'stumbled'],
  ['user.contoso_x ? 1 : 2', 'stumbled'],
  ['[user.city + "x"]', 'stumbled'],
  ['{"a": user.city + "x"}["a"]', 'stumbled'],
  ['{user.city + "x": 1}["a"]', 'stumbled'],
  ['(user.city + "x").contains("x")', 'stumbled'],
  ['(user.city + "x") == "x"', 'stumbled'],
  ['"x" == (user.city + "x")', 'stumbled'],
  ['(user.city + "x") in ["x"]', 'stumbled'],
  ['"x" in [user.city + "x"]', 'stumbled'],
  ['!(user.city.contains("x"))', 'stumbled'],
  ['[user.city + "x"][0]', 'stumbled'],
  ['["x"][user.city.size()]', 'stumbled'],
  ['(user.city + "x").matches("x")', 'stumbled'],
  ['has({"a": user.city + "x"}.a)', 'stumbled'],
  ['{"a": user.city + "x"}.a', 'stumbled'],
  ['[user.city + "x"].all(x, true)', 'stumbled'],
  // Not met, because something else decides.
  ['false && user.accountEnabled', false],
  ['user.accountEnabled && false', false],
  ['user.city.contains("x") && false', false],
  ['true && user.accountEnabled', 'stumbled'],
  ['user.accountEnabled && true', 'stumbled'],
  ['user.accountEnabled && user.city.contains("x")', 'stumbled'],
  ['true || user.accountEnabled', true],
  ['user.accountEnabled || true', true],
  ['user.city.contains("x") || true', true],
  ['false || user.accountEnabled', 'stumbled'],
  ['user.accountEnabled || false', 'stumbled'],
  ['true ? "a" : user.city + "x"', 'a'],
  ['false ? user.city + "x" : "b"', 'b'],
  ['user.city != null ? user.city + "x" : "none"', 'none'],
  ['has(user.city) ? user.city + "x" : "none"', 'none'],
  ['user.city == null || user.city.contains("x")', true],
  ['["a", null].exists(x, x.contains("a"))', true],
  ['["a", null].exists(x, x.contains("b"))', 'stumbled'],
  ['[null, "a"].all(x, x.contains("b"))', false],
  ['[null, "a"].all(x, x.contains("a"))', 'stumbled'],
  ['["a", null].exists_one(x, x.contains("a"))', 'stumbled'],
  ['[null, "a"].filter(x, x.contains("a"))', 'stumbled'],
  ['[null, "a"].map(x, x + "!")', 'stumbled'],
  ['[null, "a"].map(x, x != null, x + "!")', ['a!']],
  ['[null, "a"].map(x, x.contains("a"), "!")', 'stumbled'],
];

describe.each(Object.entries(users))('where properties are %s', (_name, user) => {
  test.each(rows)('%s', (text, value) => {
    expect(valueOf(text, user)).toEqual(value);
  });
});

test('a condition that is null stumbles', () => {
  expect(evaluated('user.accountEnabled', {}, 'condition')).toEqual({ kind: 'stumbled' });
  expect(evaluated('user.department.startsWith("x")', {}, 'condition')).toEqual({ kind: 'stumbled' });
  expect(evaluated('user.department != "Service"', {}, 'condition')).toEqual({ kind: 'value', value: true });
});

test('what objects inherit is not a property', () => {
  expect(valueOf('user.contoso_x.constructor', { contoso_x: {} })).toBeNull();
  expect(valueOf('has(user.contoso_x.toString)', { contoso_x: {} })).toBe(false);
  expect(valueOf('user.contoso_x["__proto__"]', { contoso_x: {} })).toBeNull();
  expect(valueOf('"constructor" in user.contoso_x', { contoso_x: {} })).toBe(false);
});
