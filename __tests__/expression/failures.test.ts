import { describe, expect, test } from '@jest/globals';
import { valueOf } from './support.ts';

function nested(levels: number): unknown {
  return levels === 0 ? [] : [nested(levels - 1)];
}

const user = {
  city: 'Oslo',
  accountEnabled: true,
  businessPhones: ['1'],
  deviceEnrollmentLimit: 5,
  contoso_text: 'x',
  contoso_number: 1.5,
  contoso_big: 9007199254740991,
  contoso_zero: 0,
  contoso_list: ['a', ['b'], {}],
  contoso_object: { a: 1 },
  contoso_deep: nested(200),
  contoso_same: nested(200),
};

/** What fails for this user, and how it is told. */
const rows: readonly (readonly [string, string])[] = [
  ['user.businessPhones[1]', 'the index 1 is out of range: the list has 1 element'],
  ['user.businessPhones[user.deviceEnrollmentLimit - 100]', 'the index -95 is out of range: the list has 1 element'],
  ['user.contoso_list[user.contoso_number]', 'the index 1.5 is out of range: the list has 3 elements'],
  ['{"Bergen": 1}[user.city]', 'a map has no such key'],
  ['dyn({"Bergen": 1})[user.contoso_number]', 'a map has no such key'],
  ['dyn(user.city)[0]', 'a text cannot be indexed with a number'],
  ['user.contoso_text.y', 'a text has no property `y`'],
  ['user.contoso_list.y', 'a list has no property `y`'],
  ['10 / user.contoso_zero', 'a division by zero'],
  ['10 % user.contoso_zero', 'a division by zero'],
  ['user.contoso_big + 1', 'an integer is too large'],
  ['user.contoso_big * 2', 'an integer is too large'],
  ['user.contoso_number / 0.0', 'the expression gives a number that is not finite'],
  ['user.contoso_text + 1', '`+` cannot take a text and a number'],
  ['user.contoso_text.trim() + dyn(true)', '`+` cannot take a text and true or false'],
  ['user.contoso_number.trim()', '`trim` cannot take a number'],
  ['-user.contoso_text', '`-` cannot take a text'],
  ['user.contoso_text < 1', '`<` cannot take a text and a number'],
  ['user.contoso_number % 2', '`%` cannot take a number and a number'],
  ['user.contoso_text && true', '`&&` met a text instead of true or false'],
  ['!user.contoso_text', '`!` met a text instead of true or false'],
  ['user.contoso_number ? 1 : 2', '`?` met a number instead of true or false'],
  ['"x" in user.contoso_text', '`in` met a text instead of a list or a map'],
  ['1 in user.contoso_object', '`in` met an object instead of a list or a map'],
  ['user.contoso_text.exists(x, true)', '`exists` met a text instead of a list'],
  ['user.contoso_object.map(x, x)', '`map` met an object instead of a list'],
  ['user.contoso_list.exists(x, x)', '`exists` met a text instead of true or false'],
  ['user.contoso_list.all(x, x)', '`all` met a text instead of true or false'],
  ['user.contoso_list.exists_one(x, x)', '`exists_one` met a text instead of true or false'],
  ['user.contoso_list.filter(x, x)', '`filter` met a text instead of true or false'],
  ['user.contoso_list.map(x, x, 1)', '`map` met a text instead of true or false'],
  ['user.contoso_list.join()', '`join` met an element that is no text'],
  ['user.contoso_number.matches("x")', '`matches` met a number instead of a text'],
  ['user.city.charAt(5)', 'an index lies outside of the text'],
  ['user.city.charAt(-1)', 'an index lies outside of the text'],
  ['user.city.substring(5)', 'an index lies outside of the text'],
  ['user.city.substring(2, 1)', 'an index lies outside of the text'],
  ['"😀😀".substring(size(user.city))', 'an index lies outside of the text'],
  ['user.city.indexOf("x", 9)', 'an index lies outside of the text'],
  ['int(user.city)', '`int` met a text that is no integer'],
  ['int(user.contoso_number * 1e300)', '`int` met a number that is too large'],
  ['double(user.city)', '`double` met a text that is no number'],
  ['bool(user.city)', '`bool` met a text that is neither true nor false'],
  ['timestamp(user.city)', '`timestamp` met a text that is no date and time in ISO 8601'],
  ['timestamp("2023-02-29T00:00:00" + (user.accountEnabled ? "Z" : ""))', '`timestamp` met a date or time that does not exist'],
  ['timestamp("2024-01-01T24:00:00" + (user.accountEnabled ? "Z" : ""))', '`timestamp` met a date or time that does not exist'],
  ['timestamp("2024-01-01T00:00:00" + (user.accountEnabled ? "+24:00" : ""))', '`timestamp` met a date or time that does not exist'],
  ['timestamp(user.contoso_big)', 'a time lies outside of the years 1 to 9999'],
  ['string(duration(user.city))', '`duration` met a text that is none, such as `36h` or `1h30m`'],
  ['string(duration(user.city.substring(4)))', '`duration` met a text that is none, such as `36h` or `1h30m`'],
  ['duration(string(user.contoso_big) + "h") == duration("1h")', 'a duration is too long'],
  ['{user.contoso_number: 1}["a"]', 'the key of a map is no text, integer, true or false'],
  ['{user.city: 1, "Oslo": 2}["a"]', 'a map has the same key twice'],
  ['user.contoso_object', 'the expression gives an object'],
  ['user.contoso_list', 'the expression gives a list inside of a list'],
  ['dyn({"a": user.city})', 'the expression gives a map'],
  ['split(user.city, "-", 1)', '`split` has no such part'],
  ['first_of(user.contoso_list, {"a": 1})', '`first_of` cannot take a list inside of a list'],
  ['first_of(["a"], {"a": user.contoso_object})', '`first_of` cannot take an object'],
  ['lowercase(user.contoso_number)', '`lowercase` cannot take a number'],
  ['user.contoso_deep == user.contoso_same', 'the values to compare are nested too deeply'],
];

describe('for this user fails', () => {
  test.each(rows.filter(([text]) => !text.startsWith('user.deviceEnrollmentLimit.')))('%s', (text, message) => {
    expect(valueOf(text, user)).toBe(`failed: ${message}`);
  });
});

test('a directory that gives other types than it promised makes expressions fail, not throw', () => {
  const odd = { city: 5, businessPhones: 'x', accountEnabled: 'yes', employeeOrgData: ['x'], identities: [7], mail: {} };
  expect(valueOf('user.city.contains("x")', odd)).toBe('failed: `contains` cannot take a number and a text');
  expect(valueOf('user.city + user.country', odd)).toBe('stumbled');
  expect(valueOf('user.businessPhones.exists(p, p == "x")', odd)).toBe('failed: `exists` met a text instead of a list');
  expect(valueOf('user.accountEnabled ? 1 : 2', odd)).toBe('failed: `?` met a text instead of true or false');
  expect(valueOf('user.employeeOrgData.division', odd)).toBe('failed: a list has no property `division`');
  expect(valueOf('user.identities.map(i, i.issuer)', odd)).toBe('failed: a number has no property `issuer`');
  expect(valueOf('user.mail', odd)).toBe('failed: the expression gives an object');
});

test('what decides is told, and of several failures the first', () => {
  expect(valueOf('user.businessPhones[5] == "x" && false', user)).toBe(false);
  expect(valueOf('user.businessPhones[5] == "x" || true', user)).toBe(true);
  expect(valueOf('user.businessPhones[5] == "x" && int(user.city) == 1', user)).toBe('failed: the index 5 is out of range: the list has 1 element');
});

test('values that JSON cannot say count as missing', () => {
  const odd = { mail: undefined, city: Symbol('x'), department: () => 'x', jobTitle: 5n };
  expect(valueOf('[user.mail, user.city, user.department, user.jobTitle]', odd)).toEqual([null, null, null, null]);
});
