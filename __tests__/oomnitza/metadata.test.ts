import { describe, expect, test } from '@jest/globals';
import { HttpFailure } from '../../src/http/index.ts';
import { readFields } from '../../src/oomnitza/index.ts';
import { answer, inTurn, plain } from '../support/http.ts';
import { instance } from '../support/oomnitza.ts';

test('the fields are those that the metadata describe', async () => {
  const { oomnitza, http } = instance(inTurn(answer(200, { username: {}, email: {}, badge: { unique: 'True' }, number: { unique: 1 }, cost_center: { editable: 'true', unique: 'false' } })));
  expect(await readFields(oomnitza)).toEqual({ names: new Set(['username', 'email', 'badge', 'number', 'cost_center']), unique: new Set(['badge', 'number']) });
  expect(http.requests[0]?.url.href).toBe('https://example.oomnitza.com/api/v3/users/meta');
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
    plain(200, '<html>'),
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

  test('nor is one that does not answer', async () => {
    const { oomnitza } = instance(() => Promise.reject(new HttpFailure('timeout', 'h', true, 'x')));
    await expect(readFields(oomnitza)).rejects.toMatchObject({ reason: 'target-unavailable' });
  });
});
