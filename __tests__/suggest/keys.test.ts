import { describe, expect, test } from '@jest/globals';
import { guid, suggestFor } from './world.ts';

describe('sync keys', () => {
  test('are mail address and user name where both tell people apart', () => {
    expect(suggestFor({}).text).toContain('sync-keys: [email, username]');
  });

  test('leave out what few people have, or several share', () => {
    expect(suggestFor({ user: (number) => (number % 4 === 0 ? { mail: null } : {}) }).text).toContain('sync-keys: [username]');
    const { text } = suggestFor({ user: (number) => ({ mail: number < 20 ? 'team@example.com' : `mail${number}@example.com` }) });
    expect(text).toContain('sync-keys: [username]');
  });

  test('may be a field of the instance’s own that is unique and proven', () => {
    const { text } = suggestFor({
      fields: [{ name: 'badge', unique: true }],
      user: (number) => ({ employeeId: `E${number}`, userPrincipalName: `x${number}@example.com` }),
      record: (number) => ({ badge: `E${number}`, username: `badge${number}` }),
    });
    expect(text).toContain('sync-keys: [email, badge]');
    expect(text).toContain('# badge: all of the users read have employeeId, no two of them the same');
  });
});

test('of an empty directory nothing is said of users', () => {
  const { text } = suggestFor({ people: 0 });
  expect(text).toContain('sync-keys: [email, username]');
  expect(text).not.toMatch(/of the users read|Of 0 users/);
});

describe('the identity', () => {
  const fields = [{ name: 'aad', label: 'Azure Object Id', unique: true }, { name: 'zz', unique: true }];

  test('is the unique field that holds the ids', () => {
    const { text, lines } = suggestFor({ fields, record: (number) => ({ zz: guid(number) }) });
    expect(text).toContain('names change: agrees for 40 of 40 matched people\nidentity: zz\n');
    expect([...lines.keys()]).toEqual(['username', 'email', 'aad']);
  });

  test('is else the unique field that is called so', () => {
    const { text } = suggestFor({ fields });
    expect(text).toContain('identity: aad\n');
    expect(text.replaceAll('\n# ', ' ')).toContain('"Azure Object Id": a guess: nobody has a value on both sides, so it goes by the name alone\nidentity: aad');
  });

  test('is no field that several people may have the same value in', () => {
    const { text, lines } = suggestFor({ fields: [{ name: 'object_id' }], record: (number) => ({ object_id: guid(number) }) });
    expect(text).not.toContain('identity:');
    expect(lines.get('object_id')).toMatchObject({ source: 'id', isGuess: false });
  });

  test('takes proof where nobody knows which fields are unique', () => {
    const world = { isDescribed: false, fields: [{ name: 'object_id', type: 'unknown' as const }] };
    expect(suggestFor(world).text).not.toContain('identity:');
    expect(suggestFor({ ...world, record: (number) => ({ object_id: guid(number) }) }).text).toContain('identity: object_id');
  });
});

describe('defaults', () => {
  const roles = (...labels: string[]): { name: string; options: { key: string; label: string }[] }[] => [{ name: 'role', options: labels.map((label, index) => ({ key: String(7 + index), label })) }];

  test('give the role Employee, whatever its number', () => {
    expect(suggestFor({}).text).toContain('defaults: { role: 25 }');
    expect(suggestFor({ fields: roles('Admin', 'Employee') }).text).toContain('defaults: { role: "8" }');
  });

  test('say so where there is no such role', () => {
    const { text } = suggestFor({ fields: [...roles('Admin'), { name: 'position' }] });
    expect(text).toContain('# A guess: this instance has no role 25');
    expect(text).toContain('defaults: { role: 25, position: Employee }');
  });
});
