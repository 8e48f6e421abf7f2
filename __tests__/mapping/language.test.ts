import { describe, expect, test } from '@jest/globals';
import { parseSyncFile } from '../../src/config/index.ts';
import { compileMapping, wholeUser, type DesiredRecord } from '../../src/mapping/index.ts';

const user = { id: '1', userPrincipalName: 'Ada@contoso.com', mail: 'Ada.Byron@Contoso.com', city: 'Oslo', country: null, department: 'IT', businessPhones: ['1', '2'] };

/** Maps one user by rules as a sync file writes them; gives the values by field, and what is wrong with them. */
function mapped(text: string, changes: Record<string, unknown> = {}): { record: DesiredRecord | undefined; values: Record<string, unknown> } {
  const syncFile = parseSyncFile(`version: 1\nsync-keys: [email]\n${text}`);
  const record = compileMapping(syncFile).apply({ ...user, ...changes });
  return { record, values: Object.fromEntries(syncFile.rules.map(({ field }, index) => [field, record?.values[index]])) };
}

describe('expressions', () => {
  test('give the value of a field', () => {
    expect(mapped('fields:\n  role: { expression: \'user.department == "IT" ? 31 : 25\', apply: on-create }\n').values['role']).toBe(31);
    expect(mapped('fields:\n  phone: { expression: user.businessPhones }\n').values['phone']).toBe('1, 2');
  });

  test('that stumble over nothing give nothing, and the default applies', () => {
    const office = 'fields:\n  office: { expression: \'user.city + ", " + user.country\', default: Remote }\n';
    expect(mapped(office).values['office']).toBe('Remote');
    expect(mapped(office, { country: 'Norway' }).values['office']).toBe('Oslo, Norway');
  });

  test('that fail otherwise are an invalid value', () => {
    const { record } = mapped('fields:\n  phone: { expression: "user.businessPhones[5]" }\n');
    expect(record?.flaws.map(({ reason }) => reason)).toEqual(['invalid-value']);
  });

  test('may call converters, and are required like any value', () => {
    expect(mapped('fields:\n  nick: { expression: "lowercase(split(user.mail, \\"@\\", 0))" }\n').values['nick']).toBe('ada.byron');
    const { record } = mapped('fields:\n  nick: { expression: user.country, required: true }\n');
    expect(record?.flaws[0]?.message).toBe('`nick` is required, and its expression gives nothing');
  });
});

describe('converters', () => {
  test('run in order, after the source and before the default', () => {
    expect(mapped('fields:\n  nick: { source: mail, convert: [split_email, uppercase] }\n').values['nick']).toBe('ADA.BYRON');
    expect(mapped('fields:\n  nick: { source: country, convert: uppercase, default: x }\n').values['nick']).toBe('x');
  });

  test('see lists as they are', () => {
    const rule = 'fields:\n  team: { source: businessPhones, convert: { member_of: { map: { "2": Two }, default: None } } }\n';
    expect(mapped(rule).values['team']).toBe('Two');
    expect(mapped(rule, { businessPhones: [] }).values['team']).toBe('None');
  });

  test('that cannot convert are an invalid value, and are named where nothing comes out', () => {
    expect(mapped('fields:\n  start: { source: city, convert: epoch_seconds }\n').record?.flaws).toMatchObject([{ reason: 'invalid-value' }]);
    const { record } = mapped('fields:\n  nick: { source: country, convert: trim, required: true }\n');
    expect(record?.flaws[0]?.message).toBe('`nick` is required, and `country` is empty, or its converters give nothing');
  });
});

describe('scope', () => {
  test('keeps those for whom every condition holds', () => {
    expect(mapped('scope: user.department == "IT"\n').record).toBeDefined();
    expect(mapped('scope: [user.department == "IT", user.city == "Rome"]\n').record).toBeUndefined();
  });

  test('is false where a condition stumbles over nothing, but for a comparison with it', () => {
    expect(mapped('scope: user.country.startsWith("N")\n').record).toBeUndefined();
    expect(mapped('scope: user.country == null\n').record).toBeDefined();
  });

  test('that fails otherwise makes the user unusable, unless another condition rules the user out', () => {
    expect(mapped('scope: user.businessPhones[5] == "1"\n').record?.flaws).toMatchObject([{ rule: wholeUser, reason: 'invalid-value' }]);
    expect(mapped('scope: [\'user.businessPhones[5] == "1"\', user.city == "Rome"]\n').record).toBeUndefined();
  });
});

test('what expressions and scope read is read of the directory', () => {
  const syncFile = parseSyncFile('version: 1\npreset: none\nsync-keys: [email]\nscope: user.userType != "Guest"\nfields:\n  username: mail\n  email: { expression: "user.mail" }\n  office: { expression: "user.city + user.onPremisesExtensionAttributes.extensionAttribute1" }\n');
  expect(compileMapping(syncFile).properties.map(({ name }) => name).toSorted()).toEqual(['city', 'mail', 'onPremisesExtensionAttributes', 'userType']);
});
