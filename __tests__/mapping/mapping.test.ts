import { describe, expect, test } from '@jest/globals';
import { parseSyncFile, type FieldRule, type SourcePath } from '../../src/config/index.ts';
import { compileMapping, propertiesPassedOn, type DesiredRecord } from '../../src/mapping/index.ts';
import { rule } from '../plan/support.ts';

const position = { line: 3, column: 5 };

function path(text: string, ...segments: [string, ...(string | number)[]]): SourcePath {
  return { text, segments, position };
}

const mail = path('mail', 'mail');
const upn = path('userPrincipalName', 'userPrincipalName');
const attribute = path('onPremisesExtensionAttributes.extensionAttribute3', 'onPremisesExtensionAttributes', 'extensionAttribute3');
const phone = path('businessPhones[0]', 'businessPhones', 0);

function mapOne(user: Record<string, unknown>, ...rules: FieldRule[]): DesiredRecord {
  const record = compileMapping({ rules, scope: [], saas: undefined }).apply({ id: 'id-1', ...user });
  if (record === undefined) throw new Error('the user is out of scope');
  return record;
}

const from = (...paths: SourcePath[]): Partial<FieldRule> => ({ from: { kind: 'source', paths } });

describe('values', () => {
  test('the first source that is not empty wins', () => {
    const email = rule('email', from(mail, upn));
    expect(mapOne({ mail: null, userPrincipalName: 'a@b.c' }, email).values).toEqual(['a@b.c']);
    expect(mapOne({ mail: '  ', userPrincipalName: 'a@b.c' }, email).values).toEqual(['a@b.c']);
    expect(mapOne({ mail: 'm@b.c', userPrincipalName: 'a@b.c' }, email).values).toEqual(['m@b.c']);
  });

  test('nested properties and list elements are reached, and what is missing on the way is empty', () => {
    const rules = [rule('cost_center', from(attribute)), rule('phone', from(phone))];
    expect(mapOne({ onPremisesExtensionAttributes: { extensionAttribute3: 'CC1' }, businessPhones: ['1', '2'] }, ...rules).values).toEqual(['CC1', '1']);
    expect(mapOne({ onPremisesExtensionAttributes: null, businessPhones: [] }, ...rules).values).toEqual([null, null]);
    expect(mapOne({ onPremisesExtensionAttributes: 'text' }, ...rules).values).toEqual([null, null]);
  });

  test('what objects inherit is not a property of a user', () => {
    expect(mapOne({}, rule('x', from(path('constructor', 'constructor')))).values).toEqual([null]);
  });

  test('false and 0 are values; lists are joined without their empty elements', () => {
    const rules = [rule('a', from(path('enabled', 'enabled'))), rule('b', from(path('count', 'count'))), rule('c', from(path('list', 'list')))];
    expect(mapOne({ enabled: false, count: 0, list: ['x', null, ' ', 7, true] }, ...rules).values).toEqual([false, 0, 'x, 7, true']);
    expect(mapOne({ list: [null, ''] }, ...rules).values).toEqual([null, null, null]);
  });

  test('constants and defaults', () => {
    const constant = rule('company', { from: { kind: 'value', value: 'ACME', position } });
    const defaulted = rule('city', { ...from(path('city', 'city')), default: { value: 'Remote', position } });
    expect(mapOne({ city: ' ' }, constant, defaulted).values).toEqual(['ACME', 'Remote']);
    expect(mapOne({ city: 'Oslo' }, constant, defaulted).values).toEqual(['ACME', 'Oslo']);
  });
});

describe('flaws', () => {
  test('a required value that is missing names its sources', () => {
    expect(mapOne({}, rule('email', { ...from(mail, upn), required: true })).flaws).toEqual([
      { rule: 0, reason: 'missing-required', message: '`email` is required, and all of `mail`, `userPrincipalName` are empty' },
    ]);
    expect(mapOne({}, rule('email', { ...from(mail), required: true })).flaws[0]?.message).toBe('`email` is required, and `mail` is empty');
    expect(mapOne({}, rule('email', { from: { kind: 'value', value: ' ', position }, required: true })).flaws[0]?.message).toBe('`email` is required, and its value is empty');
  });

  test('a default fulfils a requirement', () => {
    expect(mapOne({}, rule('email', { ...from(mail), required: true, default: { value: 'x', position } })).flaws).toEqual([]);
  });

  test('objects and lists of objects fit into no field', () => {
    const attributes = rule('a', from(path('attributes', 'attributes')));
    expect(mapOne({ attributes: { a: 1 } }, attributes)).toMatchObject({ values: [null], flaws: [{ rule: 0, reason: 'invalid-value', message: '`attributes` is an object; name one of its properties' }] });
    expect(mapOne({ attributes: [{ a: 1 }] }, attributes).flaws[0]?.message).toBe('`attributes` is a list of objects; name one element and one of its properties');
  });

  test('a value that a converter refuses comes with the flaw', () => {
    const hired = parseSyncFile('version: 1\nsync-keys: [email]\nfields:\n  hired: { source: businessPhones, convert: epoch_seconds }\n').rules.filter(({ field }) => field === 'hired');
    expect(mapOne({ businessPhones: ['soon', 'later'] }, ...hired).flaws).toEqual([
      { rule: 0, reason: 'invalid-value', message: expect.stringContaining('`epoch_seconds` takes a date'), value: 'soon, later' },
    ]);
  });

  test('several are all told', () => {
    const rules = [rule('a', { ...from(mail), required: true }), rule('b', from(path('o', 'o')))];
    expect(mapOne({ o: {} }, ...rules).flaws.map(({ rule: index, reason }) => [index, reason])).toEqual([[0, 'missing-required'], [1, 'invalid-value']]);
  });
});

test('a user keeps id, user principal name and whether the account is enabled', () => {
  expect(mapOne({ userPrincipalName: 'a@b.c', accountEnabled: false })).toMatchObject({ entraId: 'id-1', userPrincipalName: 'a@b.c', enabled: false });
  expect(mapOne({ accountEnabled: null })).toMatchObject({ userPrincipalName: null, enabled: true });
});

test.each([
  ['mail', ['mail']],
  ['{ source: [mail, userPrincipalName], convert: [trim, lowercase] }', ['mail', 'userPrincipalName']],
  ['onPremisesExtensionAttributes.extensionAttribute3', ['onPremisesExtensionAttributes.extensionAttribute3']],
  ['{ source: mail, convert: split_email }', undefined],
  ['{ source: mail, convert: uppercase }', undefined],
  ['{ source: mail, default: none@example.com }', undefined],
  ['{ value: x }', undefined],
  ['{ expression: user.mail }', undefined],
])('what a key is made of is known where a rule passes it on: %s', (written, properties) => {
  const rules = parseSyncFile(`version: 1\nsync-keys: [email]\nfields:\n  email: ${written}\n`).rules.filter(({ field }) => field === 'email');
  expect(rules.map(propertiesPassedOn)).toEqual([properties]);
});

test('the properties to read are the roots of all sources, each once', () => {
  const mapping = compileMapping({ rules: [rule('a', from(mail, upn)), rule('b', from(attribute)), rule('c', from(mail)), rule('d', { from: { kind: 'value', value: 1, position } })], scope: [], saas: undefined });
  expect(mapping.properties.map(({ name }) => name)).toEqual(['mail', 'userPrincipalName', 'onPremisesExtensionAttributes']);
});

describe('the id in a SaaS application', () => {
  const idOf = (user: Record<string, unknown>, externalId: SourcePath): unknown => compileMapping({ rules: [], scope: [], saas: { application: '12', position, externalId } }).apply({ id: 'id-1', ...user })?.externalId;

  test('is the text of a property, which is asked for', () => {
    expect(compileMapping({ rules: [], scope: [], saas: { application: '12', position, externalId: attribute } }).properties).toEqual([{ name: 'onPremisesExtensionAttributes', position }]);
    expect(idOf({}, path('id', 'id'))).toEqual({ text: 'id-1' });
    expect(idOf({ businessPhones: ['1', '2'] }, path('businessPhones', 'businessPhones'))).toEqual({ text: '1, 2' });
    expect(mapOne({})).not.toHaveProperty('externalId');
  });

  test('is missing where the property is empty or no single value', () => {
    expect(idOf({ mail: ' ' }, mail)).toEqual({ fault: '`mail` is empty' });
    expect(idOf({ mail: {} }, mail)).toEqual({ fault: expect.stringContaining('`mail` is an object') });
  });
});

test('a disabled user who is out of scope for that alone is told from all others out of scope', () => {
  const syncFile = parseSyncFile('version: 1\nsync-keys: [email]\nscope: [user.accountEnabled, \'user.department != "X"\']\n');
  const { apply } = compileMapping(syncFile);
  const left = apply({ id: 'id-1', accountEnabled: false, department: 'IT', mail: 'a@example.com' });
  expect(left).toMatchObject({ outOfScope: true, enabled: false, flaws: [] });
  expect(left?.values).toContain('a@example.com');
  expect(apply({ id: 'id-1', accountEnabled: false, department: 'X' })).toBeUndefined();
  expect(apply({ id: 'id-1', accountEnabled: true, department: 'X' })).toBeUndefined();
  expect(apply({ id: 'id-1', accountEnabled: true, department: 'IT' })).not.toHaveProperty('outOfScope');
});
