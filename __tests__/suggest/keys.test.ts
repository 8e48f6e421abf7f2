import { describe, expect, test } from '@jest/globals';
import { parseSyncFile, usableRules, withFieldNames } from '../../src/config/index.ts';
import { asSyncError } from '../../src/errors.ts';
import { revealed } from '../../src/reserved.ts';
import { guid, suggestFor, type Suggested } from './world.ts';

/** What a plan finds wrong with a sync file. */
function problemsOf(text: string, fields: Suggested['fields'], ignoreRestriction = false): readonly string[] {
  const file = withFieldNames(parseSyncFile(text), fields);
  try {
    usableRules(file, fields, ignoreRestriction);
    return [];
  } catch (thrown) {
    return asSyncError(thrown).problems.map(({ message }) => revealed(message));
  }
}

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
    expect(text).toContain('names change.\n# agrees for 40 of 40 matched people\nidentity: zz\n');
    expect([...lines.keys()]).toEqual(['username', 'email', 'aad']);
  });

  test('is else the unique field that is called so', () => {
    const { text } = suggestFor({ fields });
    expect(text).toContain('identity: aad\n');
    expect(text.replaceAll('\n# ', ' ')).toContain('"Azure Object Id": a guess: nobody has a value on both sides, so it goes by the name alone\nidentity: aad');
  });

  test('is no field that several people may have the same value in', () => {
    const { text, lines } = suggestFor({ fields: [{ name: 'object_id' }], record: (number) => ({ object_id: guid(number) }) });
    expect(text).not.toMatch(/^identity:/m);
    expect(text).toContain('# No identity: object_id holds the Entra object id, but it is not unique in Oomnitza. Mark it so there.');
    expect(lines.get('object_id')).toMatchObject({ source: 'id', isGuess: false });
  });

  test.each([
    ['no field is called so', [], 'no field holds the Entra object id. Make a unique text field for it in Oomnitza, such as `entra_object_id`.'],
    ['it is not unique', [{ name: 'entra_object_id' }], 'entra_object_id is called after the Entra object id, but it is not unique in Oomnitza. Mark it so there.'],
    ['it is not editable', [{ name: 'entra_object_id', unique: true, editable: false }], 'entra_object_id is called after the Entra object id, but Oomnitza marks it as not editable. Have that changed there.'],
  ] as const)('where there is none, says why: %s', (_why, own, sentence) => {
    const { text } = suggestFor({ fields: [...own] });
    expect(text).not.toMatch(/^identity:/m);
    expect(text.replaceAll('\n# ', ' ')).toContain(sentence);
    expect(text.replaceAll('\n# ', ' ')).toContain('With an identity people are found whatever becomes of their names');
  });

  test('is no drop-down, even of ids', () => {
    const options = Array.from({ length: 40 }, (_none, number) => ({ key: guid(number), label: `Person ${number}` }));
    const { text } = suggestFor({ fields: [{ name: 'owner', unique: true, options }], record: (number) => ({ owner: guid(number) }) });
    expect(text.replaceAll('\n# ', ' ')).toContain('No identity: owner holds the Entra object id, but it is no field of free text. Make a unique text field for the id in Oomnitza.');
  });

  test('takes proof where nobody knows which fields are unique', () => {
    const world = { isDescribed: false, fields: [{ name: 'object_id', type: 'unknown' as const }] };
    const { text } = suggestFor(world);
    expect(text).not.toMatch(/^identity:/m);
    expect(text.replaceAll('\n# ', ' ')).toContain('No identity: object_id is called after the Entra object id, but nobody has an id there, and whether it is unique is not known.');
    expect(suggestFor({ ...world, record: (number) => ({ object_id: guid(number) }) }).text).toContain('identity: object_id');
  });
});

describe('defaults', () => {
  const roles = (...labels: string[]): { name: string; options: { key: string; label: string }[] }[] => [{ name: 'role', options: labels.map((label, index) => ({ key: String(7 + index), label })) }];

  test('give the role Employee, whatever its number', () => {
    expect(suggestFor({}).text).toContain('defaults: { role: 25 }');
    expect(suggestFor({ fields: roles('Admin', 'Employee') }).text).toContain('defaults: { role: "8" }');
  });

  test('give no role where there is no such one: a plan tells that one has to be chosen, and the comment which there are', () => {
    const { text, fields } = suggestFor({ fields: [...roles('Admin', 'Guest'), { name: 'position' }] });
    expect(text.replaceAll('\n# ', ' ')).toContain('takes no role 25 and has none that is called Employee, so `mode: plan` refuses this file until you have chosen one of its roles, "7" for "Admin", "8" for "Guest":');
    expect(text).toContain('\n# defaults: { role: "…", position: Employee }\n');
    expect(problemsOf(text, fields)).toEqual([expect.stringContaining('`role` takes')]);
    expect(problemsOf(text.replace('# defaults: { role: "…"', 'defaults: { role: 8'), fields)).toEqual([]);
  });

  test('list no more roles than can be read', () => {
    const many = suggestFor({ fields: [{ name: 'role', options: Array.from({ length: 30 }, (_none, number) => ({ key: `R${number}`, label: `Role ${number}` })) }] }).text.replaceAll('\n# ', ' ');
    expect(many).toContain('"R19" for "Role 19" and 10 more:');
    expect(suggestFor({ fields: [{ name: 'role', maxLength: 1 }] }).text.replaceAll('\n# ', ' ')).toContain('until you have given one that it takes:');
  });
});

describe('what a plan would refuse', () => {
  test.each(['username', 'email', 'role'])('is told of %s that is not editable', (name) => {
    const { text, fields } = suggestFor({ fields: [{ name, editable: false }] });
    expect(text.replaceAll(/\n *# /g, ' ')).toContain('as not editable, so `mode: plan` refuses this file until that is changed there or `oomnitza-ignore-meta-restriction: true` is set');
    expect(problemsOf(text, fields)).toEqual([expect.stringContaining(`marks \`${name}\` as not editable`)]);
    expect(problemsOf(text, fields, true)).toEqual([]);
  });

  test('or the instance, for lack of a value that it demands of new people', () => {
    const fields = [{ name: 'zone', label: 'Zone no.', required: true }, { name: 'employee_number', required: true }, { name: 'created_by', required: true }, { name: 'role', required: true }];
    const { text } = suggestFor({ fields, user: (number) => ({ employeeId: `E${number}` }) });
    expect(text).toContain('# Not matched, and Oomnitza says that it creates nobody without: zone ("Zone no."). Give each a rule');
    expect(suggestFor({}).text).not.toContain('creates nobody without:');
  });
});
