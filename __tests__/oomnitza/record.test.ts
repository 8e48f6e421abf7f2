import { describe, expect, test } from '@jest/globals';
import { currentRecord, fieldValue } from '../../src/oomnitza/record.ts';

const ada = { user_id: 'u1', username: 'ada', email: 'ada@example.com', role: '25', suspended: false, left_on: 1700000000, position: null };

test('a record keeps what was asked for, in that order', () => {
  expect(currentRecord(ada, ['role', 'email', 'position', 'no_such_field', 'suspended', 'left_on'])).toEqual({
    userId: 'u1',
    username: 'ada',
    archived: false,
    values: ['25', 'ada@example.com', null, null, false, 1700000000],
  });
});

describe('the id', () => {
  test.each([
    [{ user_id: 17, username: 'ada' }, { userId: '17', username: 'ada' }],
    [{ user_id: 0, username: 'ada' }, { userId: '0', username: 'ada' }],
    [{ username: 'ada' }, { userId: 'ada', username: 'ada' }],
    [{ user_id: null, username: 12 }, { userId: '12', username: '12' }],
    [{ user_id: 'u1' }, { userId: 'u1', username: '' }],
  ])('of %j', (json, expected) => {
    expect(currentRecord(json, [])).toMatchObject(expected);
  });

  test.each([{}, { user_id: '', username: '' }, { user_id: {}, username: null }, null, 'ada', 17, ['ada']])('is needed: %j is no record', (json) => {
    expect(currentRecord(json, [])).toBeUndefined();
  });
});

describe('a record is archived', () => {
  test.each([1700000000, '1700000000', '2024-01-01', true, 'true', '1', 1])('where deleted is %j', (deleted) => {
    expect(currentRecord({ ...ada, deleted }, [])?.archived).toBe(true);
  });

  test.each([undefined, null, false, '', '0', 0, 'false', 'False', ' '])('not where deleted is %j', (deleted) => {
    expect(currentRecord({ ...ada, deleted }, [])?.archived).toBe(false);
  });
});

test.each([
  [undefined, null],
  [null, null],
  ['', ''],
  [false, false],
  [0, 0],
  [['a', null, 2], 'a, 2'],
  [[], ''],
  [{ key: 'a' }, '{"key":"a"}'],
])('the value %j becomes %j', (given, expected) => {
  expect(fieldValue(given)).toBe(expected);
});
