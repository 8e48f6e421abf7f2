import { describe, expect, test } from '@jest/globals';
import { PeopleFinder, sharesOf, type SampledUser } from '../../src/suggest/index.ts';

function user(mail: string | null, userPrincipalName: string): SampledUser {
  return { id: userPrincipalName, mail, userPrincipalName };
}

function record(email: string | null, username: string, archived = false): { username: string; archived: boolean; values: (string | null)[] } {
  return { username, archived, values: [email] };
}

describe('people on both sides', () => {
  test.each([
    ['mail address', record(' ADA@x.org ', 'whoever'), 'ada'],
    ['user name', record(null, 'Ada'), 'ada'],
    ['mail address that is the user name here', record(null, 'ada@x.org'), 'ada'],
    ['user name that is the mail address here', record('bo', ''), 'bo'],
    ['mail address before user name', record('ada@x.org', 'bo'), 'ada'],
    ['nothing', record('zoe@x.org', 'zoe'), undefined],
    ['nothing where two users share an address', record('team@x.org', ''), undefined],
    ['nothing where the record is archived', record('ada@x.org', 'ada', true), undefined],
    ['nothing where all is empty', record('', ''), undefined],
  ])('are found by %s', (_how, found, id) => {
    const finder = new PeopleFinder([user('ada@x.org', 'ada'), user(null, 'bo'), user('team@x.org', 't1'), user('team@x.org', 't2'), user('', '')]);
    expect(finder.pairs([found], 0).map((pair) => pair.user['id'])).toEqual(id === undefined ? [] : [id]);
    if (!found.archived) expect(finder.isWanted({ email: found.values[0], username: found.username })).toBe(id !== undefined);
  });

  test('are left out where several records are about them', () => {
    const finder = new PeopleFinder([user('ada@x.org', 'ada'), user('bo@x.org', 'bo')]);
    const pairs = finder.pairs([record('ada@x.org', 'a'), record('bo@x.org', 'b'), record(null, 'ada'), record('ada@x.org', 'c')], 0);
    expect(pairs.map((pair) => pair.user['id'])).toEqual(['bo']);
  });
});

test('shares are of the sample; of a part of the directory, which holds enabled users alone, nothing is said of disabled ones', () => {
  const users = [{ userType: 'Guest', accountEnabled: true, mail: null }, { userType: null, accountEnabled: false, mail: 'x' }];
  expect(sharesOf(users, { isWhole: true, isEnabledOnly: false })).toEqual({ users: 2, guests: 1, disabled: 1, withoutMail: 1, isSample: false });
  expect(sharesOf(users, { isWhole: false, isEnabledOnly: false })).toMatchObject({ disabled: 1, isSample: true });
  expect(sharesOf(users, { isWhole: false, isEnabledOnly: true })).toEqual({ users: 2, guests: 1, disabled: undefined, withoutMail: 1, isSample: true });
});
