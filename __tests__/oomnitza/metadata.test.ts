import { describe, expect, test } from '@jest/globals';
import { unknownField, type InstanceField } from '../../src/instance-field/index.ts';
import { HttpFailure } from '../../src/http/index.ts';
import { readFields } from '../../src/oomnitza/index.ts';
import { answer, inTurn, plain } from '../support/http.ts';
import { instance } from '../support/oomnitza.ts';

async function described(description: unknown): Promise<InstanceField | undefined> {
  return (await readFields(instance(inTurn(answer(200, { username: {}, email: {}, x: description }))).oomnitza))?.get('x');
}

test('the fields are those that the metadata describe', async () => {
  const { oomnitza, http } = instance(inTurn(answer(200, { username: {}, email: {}, cost_center: { editable: 'true' } })));
  expect([...((await readFields(oomnitza))?.keys() ?? [])]).toEqual(['username', 'email', 'cost_center']);
  expect(http.requests[0]?.url.href).toBe('https://example.oomnitza.com/api/v3/users/meta');
});

test('internal ids are those that every instance has, else what the metadata tell', async () => {
  const { oomnitza } = instance(inTurn(answer(200, { username: { internal_id: 'x' }, email: {}, role: {}, office: { internal_id: ' 0F1 ' }, floor: { internal_id: '' } })));
  const ids = [...((await readFields(oomnitza))?.values() ?? [])].map(({ internalId }) => internalId);
  expect(ids).toEqual(['USER', 'EMAIL', 'PERMISSIONS_ID', '0F1', undefined]);
});

describe('whatever the spelling', () => {
  test.each([
    ['STRING', 'text', 256],
    ['Short Text', 'text', 256],
    ['TEXT', 'text', 1024],
    ['long_text', 'text', 1024],
    ['INTEGER', 'integer', undefined],
    ['Int', 'integer', undefined],
    ['DECIMAL', 'number', undefined],
    ['BOOLEAN', 'boolean', undefined],
    ['checkbox', 'boolean', undefined],
    ['DATE', 'date', undefined],
    ['date_time', 'date', undefined],
    ['GEOMETRY', 'unknown', undefined],
    [7, 'unknown', undefined],
    [null, 'unknown', undefined],
  ])('data type %j is %s', async (data_type, type, maxLength) => {
    expect(await described({ data_type })).toMatchObject({ type, maxLength });
  });

  test.each([
    [64, 64],
    ['64', 64],
    ['64.0', 64],
    [0, 256],
    [null, 256],
    ['unlimited', 256],
    [-1, 256],
  ])('a length of %j is %j', async (length, maxLength) => {
    expect(await described({ data_type: 'STRING', length })).toMatchObject({ maxLength });
  });

  test.each([
    [[true, 'true', 'True', '1', 1, 'Yes', ' TRUE ', 'y', 'T', 'on'], { unique: true, editable: true }],
    [[false, 'false', 'False', '0', 0, 'No', 'N', 'f', 'off'], { unique: false, editable: false }],
    [[undefined, null, '', 'maybe', {}], { unique: false, editable: true }],
  ])('the marks %j', async (marks, meaning) => {
    for (const mark of marks) expect(await described({ unique: mark, editable: mark })).toMatchObject(meaning);
  });

  test.each([
    [{ optional: 'False' }, true],
    [{ optional: 0, default_value: null, editable: 'yes' }, true],
    [{ optional: 'true' }, false],
    [{}, false],
    [{ optional: 'maybe' }, false],
    [{ optional: false, editable: false }, false],
    [{ optional: false, default_value: 'EMP' }, false],
    [{ optional: false, default_value: 0 }, false],
  ])('of %j the instance demands a value of new people: %j', async (description, required) => {
    expect(await described(description)).toMatchObject({ required });
  });

  test('the options of a drop-down', async () => {
    expect((await described({ searchhelp: [{ key: 25, value: ' Employee ' }, { key: 'X', value: 'X', more: 1 }] }))?.options).toEqual([
      { key: '25', label: 'Employee' },
      { key: 'X', label: 'X' },
    ]);
  });

  test.each([[[]], [null], ['a,b'], [{ a: 'b' }], [[{ key: 'a', value: 'b' }, 'c']], [[{ key: 'a' }]], [[{ key: null, value: 'b' }]]])('options of the form %j are none', async (searchhelp) => {
    expect((await described({ searchhelp }))?.options).toEqual([]);
  });

  test.each([null, 'text', 7])('of a field described as %j no more is known than its name', async (description) => {
    expect(await described(description)).toEqual(unknownField('x'));
  });
});

describe('an instance without metadata', () => {
  test.each([
    answer(404, {}),
    answer(400, { error: 'no such user' }),
    answer(405, {}),
    answer(501, {}),
    answer(200, []),
    answer(200, null),
    answer(200, { username: 'meta' }),
  ])('says nothing of its fields (%#)', async (given) => {
    expect(await readFields(instance(inTurn(given)).oomnitza)).toBeUndefined();
  });
});

describe('an instance that fails', () => {
  test.each([
    [401, 'authentication'],
    [403, 'permission'],
    [302, 'target-unavailable'],
    [429, 'target-unavailable'],
    [500, 'target-unavailable'],
  ])('is not taken for one without metadata (%i)', async (status, reason) => {
    await expect(readFields(instance(inTurn(answer(status, {}))).oomnitza)).rejects.toMatchObject({ reason, message: expect.stringContaining(`${status}`) });
  });

  test.each([plain(200, '<html>'), plain(200, 'Welcome!')])('nor is one in whose place something else answers (%#)', async (given) => {
    await expect(readFields(instance(inTurn(given)).oomnitza)).rejects.toMatchObject({ reason: 'target-unavailable', message: expect.stringMatching(/Oomnitza answered 200/) });
  });

  test('nor is one that does not answer', async () => {
    const { oomnitza } = instance(() => Promise.reject(new HttpFailure('timeout', 'h', true, 'x')));
    await expect(readFields(oomnitza)).rejects.toMatchObject({ reason: 'target-unavailable' });
  });
});
