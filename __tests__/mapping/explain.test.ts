import { describe, expect, test } from '@jest/globals';
import { parseSyncFile } from '../../src/config/index.ts';
import type { DirectoryUser } from '../../src/directory/index.ts';
import { explainRules, explainScope } from '../../src/mapping/index.ts';

const file = parseSyncFile(`version: 1
preset: none
scope:
  - user.userType != "Guest"
  - user.department.startsWith("R")
  - user.businessPhones[3] == "x"
  - >-
    (user.userType == null || user.city != null) && user.mail
    .contains("&& ") && (user.accountEnabled && true)
sync-keys: [email]
fields:
  username: userPrincipalName
  email: { source: [mail, otherMails, userPrincipalName], convert: [trim, lowercase], default: none@example.com }
  office: { expression: user.city + "!", default: Remote }
  position: { value: Boss, convert: uppercase }
  floor: { source: officeLocation, convert: [trim, epoch_seconds, ldap_timestamp] }
  phone_number: { expression: 'user.businessPhones[7]', default: unknown }
`);

const ada: DirectoryUser = { id: 'id-1', userPrincipalName: 'ada@example.com', mail: ' ', otherMails: [' Ada@Example.com ', ''], city: null, businessPhones: [], officeLocation: ' HQ ', userType: null, department: null };

/** Each step as "what: outcome". */
function stepsOf(field: string): string[] | undefined {
  const story = explainRules(file.rules, ada).find((each) => each.field === field);
  return story?.steps.map(({ what, outcome }) => `${what}: ${'failure' in outcome ? `! ${outcome.failure}` : JSON.stringify(outcome.value)}`);
}

describe('the story of a value', () => {
  test('names the sources until the first with a value, and every converter', () => {
    expect(stepsOf('email')).toEqual(['mail: " "', 'otherMails: " Ada@Example.com "', 'trim: "Ada@Example.com"', 'lowercase: "ada@example.com"']);
  });

  test('tells the default where nothing else gives a value', () => {
    expect(stepsOf('office')).toEqual(['expression: null', 'default: "Remote"']);
  });

  test('ends with what could not be done, for which there is no default', () => {
    expect(stepsOf('floor')).toEqual(['officeLocation: " HQ "', 'trim: "HQ"', expect.stringContaining('epoch_seconds: ! `epoch_seconds` takes a date')]);
    expect(stepsOf('phone_number')).toEqual([expect.stringContaining('expression: ! ')]);
  });

  test('of a constant begins with it', () => {
    expect(stepsOf('position')).toEqual(['value: "Boss"', 'uppercase: "BOSS"']);
  });

  test('says where the rule stands', () => {
    expect(explainRules(file.rules, ada).find(({ field }) => field === 'username')).toMatchObject({ origin: 'user', position: { line: 12 } });
  });
});

test('each clause of the scope is told as written, with its place and what it comes to', () => {
  expect(explainScope(file.scope, ada)).toMatchObject([
    { text: 'user.userType != "Guest"', position: { line: 4 }, outcome: { holds: true, stumbled: false } },
    { text: 'user.department.startsWith("R")', position: { line: 5 }, outcome: { holds: false, stumbled: true } },
    { text: 'user.businessPhones[3] == "x"', position: { line: 6 }, outcome: { failure: expect.any(String) } },
    { text: '(user.userType == null || user.city != null)', position: { line: 8 }, outcome: { holds: true, stumbled: false } },
    { text: 'user.mail .contains("&& ")', position: { line: 8 }, outcome: { holds: false, stumbled: false } },
    { text: '(user.accountEnabled && true)', position: { line: 9 }, outcome: { holds: false, stumbled: true } },
  ]);
});
