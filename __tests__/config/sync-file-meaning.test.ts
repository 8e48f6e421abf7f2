import { describe, expect, test } from '@jest/globals';
import { filterWarning, parseSyncFile, type FieldRule, type SyncFile } from '../../src/config/index.ts';
import { goodFiles } from './good-files.ts';

const smallest = 'version: 1\nsync-keys: [email]\n';
const at = (line: number, column: number) => ({ line, column });

function originInWords({ from }: FieldRule): string {
  if (from.kind === 'value') return `= ${JSON.stringify(from.value)}`;
  return from.kind === 'expression' ? `:= ${from.expression.text}` : `< ${from.paths.map(({ text }) => text).join(' | ')}`;
}

/** A rule in few words: `field < paths or value`, and what differs from the defaults. */
function inWords(rule: FieldRule): string {
  const from = originInWords(rule);
  const more = [
    rule.default === undefined ? '' : `default ${JSON.stringify(rule.default.value)}`,
    rule.required ? 'required' : '',
    rule.apply === 'always' ? '' : rule.apply,
    rule.whenEmpty === 'keep' ? '' : rule.whenEmpty,
    rule.origin === 'user' ? '' : rule.origin,
  ];
  return [rule.field, from, ...more.filter((word) => word !== '')].join(' ');
}

function ruleFor(file: SyncFile, field: string): FieldRule | undefined {
  return file.rules.find((rule) => rule.field === field);
}

describe('the smallest sync file', () => {
  test('maps the preset, and gives new people role and position', () => {
    const file = parseSyncFile(smallest);
    expect(file.rules.map(inWords)).toEqual([
      'account_enabled < accountEnabled preset',
      'department < department preset',
      'email < mail preset',
      'first_name < givenName preset',
      'last_name < surname preset',
      'mail_nickname < mailNickname preset',
      'position < jobTitle preset',
      'username < userPrincipalName preset',
    ]);
    expect(file.defaults).toEqual([
      { field: 'position', value: 'Employee', origin: 'preset', position: at(1, 1) },
      { field: 'role', value: 25, origin: 'preset', position: at(1, 1) },
    ]);
  });

  test('is enabled, reads all users and wants at least one, creates and updates', () => {
    expect(parseSyncFile(smallest)).toMatchObject({
      enabled: true,
      source: { kind: 'entra', filter: undefined, groups: [], minUsers: 1 },
      preference: 'create-and-update',
      syncKeys: [{ field: 'email', position: at(2, 13) }],
    });
  });
});

describe('keys of the file', () => {
  test('the kind of source chooses the preset where none is named', () => {
    const fieldsOf = (source: string): string[] => parseSyncFile(`${smallest}${source}`).rules.map(({ field }) => field);
    expect(fieldsOf('source: { kind: intune }\n')).toContain('microsoft_intune_user_id');
    expect(fieldsOf('source: { kind: intune }\npreset: entra\n')).toContain('mail_nickname');
    expect(fieldsOf('preset: intune\n')).toContain('microsoft_intune_user_id');
  });

  test('groups have their places, and are written as Graph writes them', () => {
    const { source } = parseSyncFile(`${smallest}source:\n  groups:\n    - 8A9C3F10-5B7D-4E21-9C66-0F2D7B1E4A35\n`);
    expect(source.groups).toEqual([{ id: '8a9c3f10-5b7d-4e21-9c66-0f2d7b1e4a35', position: at(5, 7) }]);
  });

  test('say what they say', () => {
    const file = parseSyncFile(`
version: 1
enabled: false
source:
  filter: accountEnabled eq true
  min-users: 0
sync-keys:
  - username
  - email
preference: update-only
`);
    expect(file).toMatchObject({
      enabled: false,
      source: { filter: { text: 'accountEnabled eq true', position: at(5, 11) }, minUsers: 0 },
      preference: 'update-only',
      syncKeys: [
        { field: 'username', position: at(8, 5) },
        { field: 'email', position: at(9, 5) },
      ],
    });
  });

  test('the id in a SaaS application is the user’s own unless it is said to be another', () => {
    expect(parseSyncFile(smallest).saas).toBeUndefined();
    expect(parseSyncFile(`${smallest}saas: { application: 12 }\n`).saas).toEqual({ application: '12', position: at(3, 22), externalId: { text: 'id', segments: ['id'], position: at(3, 1) } });
    expect(parseSyncFile(`${smallest}saas:\n  application: okta\n  external-id: manager.mail\n`).saas).toMatchObject({ application: 'okta', externalId: { segments: ['manager', 'mail'], position: at(5, 16) } });
  });

  test('defaults that are written replace the usual ones', () => {
    const file = parseSyncFile(`${smallest}defaults:\n  role: 31\n  active: true\n`);
    expect(file.defaults).toEqual([
      { field: 'active', value: true, origin: 'user', position: at(5, 3) },
      { field: 'role', value: 31, origin: 'user', position: at(4, 3) },
    ]);
  });

  test('a default can stand for a rule of username, email and role', () => {
    const file = parseSyncFile('version: 1\npreset: none\nsync-keys: [employee_no]\nfields: { employee_no: employeeId }\ndefaults: { username: a, email: b, role: 1 }\n');
    expect(file.rules).toHaveLength(1);
  });

  test('update-only needs no rule for what only a new person must have', () => {
    const file = parseSyncFile('version: 1\npreset: none\npreference: update-only\ndefaults: {}\nsync-keys: [email]\nfields: { email: mail }\n');
    expect(file.rules.map(inWords)).toEqual(['email < mail']);
  });

  test("a preset's rules stand where the preset is named", () => {
    const file = parseSyncFile('version: 1\npreset: entra\nsync-keys: [email]\n');
    expect(ruleFor(file, 'email')?.position).toEqual(at(2, 1));
    expect(ruleFor(parseSyncFile(smallest), 'email')?.position).toEqual(at(1, 1));
  });
});

describe('fields', () => {
  test('are laid over the preset one by one', () => {
    const file = parseSyncFile(`${smallest}
fields:
  email: { source: [mail, userPrincipalName], required: true }
  mail_nickname: null
  account_enabled: ~
  department: companyName
  cost_center: onPremisesExtensionAttributes.extensionAttribute3
`);
    expect(file.rules.map(inWords)).toEqual([
      'cost_center < onPremisesExtensionAttributes.extensionAttribute3',
      'department < companyName',
      'email < mail | userPrincipalName required',
      'first_name < givenName preset',
      'last_name < surname preset',
      'position < jobTitle preset',
      'username < userPrincipalName preset',
    ]);
  });

  test('come in every form', () => {
    const file = parseSyncFile(`version: 1
preset: none
sync-keys: [username]
fields:
  username: userPrincipalName
  email: [mail, "otherMails[0]"]
  role: { value: 25, apply: on-create }
  office: { source: city, default: Remote, required: true }
  phone_number: { source: [mobilePhone, "businessPhones[0]"], when-empty: clear }
  title: { source: jobTitle, apply: if-empty }
  remote: { value: false }
  floor: { value: 0, required: true }
  code: { value: "0071" }
  rate: { value: 1.5 }
  suspended: { value: false, apply: always, when-empty: keep }
`);
    expect(file.rules.map(inWords)).toEqual([
      'code = "0071"',
      'email < mail | otherMails[0]',
      'floor = 0 required',
      'office < city default "Remote" required',
      'phone_number < mobilePhone | businessPhones[0] clear',
      'rate = 1.5',
      'remote = false',
      'role = 25 on-create',
      'suspended = false',
      'title < jobTitle if-empty',
      'username < userPrincipalName',
    ]);
  });

  test('know where they, and each of their paths, stand', () => {
    const file = parseSyncFile(`${smallest}fields:
  department: companyName
  email:
    source:
      - mail
      - "otherMails[0]"
  username: [ employeeId, mail ]
`);
    expect(ruleFor(file, 'department')).toMatchObject({ position: at(4, 3), from: { paths: [{ position: at(4, 15) }] } });
    expect(ruleFor(file, 'email')).toMatchObject({ position: at(5, 3), from: { paths: [{ position: at(7, 9) }, { position: at(8, 9) }] } });
    expect(ruleFor(file, 'username')).toMatchObject({ from: { paths: [{ position: at(9, 15) }, { position: at(9, 27) }] } });
  });

  test.each([
    ['mail', ['mail']],
    ['businessPhones[0]', ['businessPhones', 0]],
    ['onPremisesExtensionAttributes.extensionAttribute3', ['onPremisesExtensionAttributes', 'extensionAttribute3']],
    ['extension_0123456789abcdef0123456789abcdef_costCenter', ['extension_0123456789abcdef0123456789abcdef_costCenter']],
    ['identities[12].issuer', ['identities', 12, 'issuer']],
    ['ext0a1b2c3d_x[0][1]._b2', ['ext0a1b2c3d_x', 0, 1, '_b2']],
    ['identities[0].issuer', ['identities', 0, 'issuer']],
    ['employeeHireDate', ['employeeHireDate']],
  ])('the source path %s is read as %j', (text, segments) => {
    const file = parseSyncFile(`${smallest}fields: { office: "${text}" }`);
    expect(ruleFor(file, 'office')).toMatchObject({ from: { paths: [{ text, segments }] } });
  });

  test('may be called like what JavaScript objects have', () => {
    const file = parseSyncFile(`${smallest}fields: { constructor: city, toString: mail, hasOwnProperty: { value: x } }\n`);
    expect(file.rules.filter(({ origin }) => origin === 'user').map(inWords)).toEqual([
      'constructor < city',
      'hasOwnProperty = "x"',
      'toString < mail',
    ]);
  });

  test('are sorted by code point', () => {
    const fields = ['Z', '\u{1f600}', '\uffee', 'z', 'ä'];
    const file = parseSyncFile(`${smallest}preset: none\npreference: update-only\nfields:\n  email: mail\n${fields.map((field) => `  ${field}: city\n`).join('')}`);
    expect(file.rules.map(({ field }) => field)).toEqual(['Z', 'email', 'z', 'ä', '\uffee', '\u{1f600}']);
  });
});

describe('YAML', () => {
  test('anchors and aliases work', () => {
    const file = parseSyncFile(`${smallest}fields: { office: &rule { source: city, default: &d Remote }, floor: *rule, room: { source: state, default: *d } }\n`);
    expect(['office', 'floor', 'room'].map((field) => ruleFor(file, field)).map((rule) => rule && inWords(rule))).toEqual([
      'office < city default "Remote"',
      'floor < city default "Remote"',
      'room < state default "Remote"',
    ]);
  });

  test('a directive does not bring YAML 1.1 back', () => {
    const file = parseSyncFile('%YAML 1.1\n---\nversion: 1\nsync-keys: [email]\ndefaults: { role: 25, remote: yes, day: 2026-01-31 }\n');
    expect(file.defaults.map(({ value }) => value)).toEqual(['2026-01-31', 'yes', 25]);
  });

  test('is JSON too, with tabs and a byte order mark', () => {
    expect(parseSyncFile('\uFEFF{\n\t"version": 1,\n\t"sync-keys": ["email"]\n}\n').syncKeys).toHaveLength(1);
  });

  test('explicit core types are types', () => {
    expect(parseSyncFile(`${smallest}defaults: { role: !!str 25 }\n`).defaults).toMatchObject([{ value: '25' }]);
  });
});

test.each(Object.entries(goodFiles))('%s is accepted', (_name, text) => {
  expect(() => parseSyncFile(text)).not.toThrow();
});

describe('identity', () => {
  test('is the first key, and has a rule that gives the Entra id in place of the preset’s', () => {
    const file = parseSyncFile('version: 1\nsource: { kind: intune }\nidentity: microsoft_intune_user_id\nsync-keys: [email]\n');
    expect(file.syncKeys).toEqual([{ field: 'microsoft_intune_user_id', position: at(3, 11) }, { field: 'email', position: at(4, 13) }]);
    expect(file.identity).toEqual(file.syncKeys[0]);
    expect(ruleFor(file, 'microsoft_intune_user_id')).toMatchObject({ origin: 'user', apply: 'always', from: { paths: [{ segments: ['id'] }] } });
  });

  test('is enough to find people', () => {
    expect(parseSyncFile('version: 1\nidentity: entra_id\n').syncKeys.map(({ field }) => field)).toEqual(['entra_id']);
  });
});

describe('leavers, limits and protected people', () => {
  test('missing leavers are reported with an identity, and ignored without', () => {
    expect(parseSyncFile(smallest).leavers).toMatchObject({ disabled: 'report', missing: 'ignore', returning: 'ignore', marker: undefined });
    expect(parseSyncFile('version: 1\nidentity: entra_id\n').leavers.missing).toBe('report');
    expect(parseSyncFile('version: 1\nidentity: entra_id\nleavers: { missing: ignore }\n').leavers.missing).toBe('ignore');
  });

  test('each limit has its default by itself, and the place where it stands', () => {
    const { limits } = parseSyncFile(`${smallest}limits:\n  creates: none\n  suspends: [7, 2.5%]\n`);
    expect(limits).toEqual({
      creates: { text: 'none', count: undefined, percent: undefined, position: at(4, 12) },
      updates: { text: '30%', count: undefined, percent: 30, position: undefined },
      suspends: { text: '7, 2.5%', count: 7, percent: 2.5, position: at(5, 13) },
      restores: { text: '5%, 100', count: 100, percent: 5, position: undefined },
      shrink: { text: '50%', count: undefined, percent: 50, position: undefined },
    });
  });

  test('a protected value may be a number', () => {
    expect(parseSyncFile(`${smallest}protect: [root, 1234]\n`).protect).toEqual(['root', '1234']);
  });

  test.each([
    ['accountEnabled eq true', true],
    ["userType eq 'Member' and accountEnabled ne false", true],
    ["department eq 'accountEnabled eq true'", false],
    ['accountEnabled eq true or userType eq null', false],
    ['not(accountEnabled eq true)', false],
    ['accountEnabled eq false', false],
  ])('a filter that leaves disabled users out is warned of: %s', (filter, isWarned) => {
    const text = `${smallest}source:\n  filter: ${JSON.stringify(filter)}\n`;
    expect(filterWarning(parseSyncFile(text))?.position).toEqual(isWarned ? at(4, 11) : undefined);
    expect(filterWarning(parseSyncFile(`${text}leavers: { disabled: ignore }\n`))).toBeUndefined();
  });
});
