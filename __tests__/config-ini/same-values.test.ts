import { describe, expect, it } from '@jest/globals';
import { convertConfig, readInstance } from '../../src/config-ini/index.ts';
import { emittedFields, InvalidValue } from './emitted.ts';
import { asConnectorRecord, people } from './people.ts';
import { Kept, vendorFields, vendorMapping, type VendorMapping } from './vendor.ts';

const settings = { default_role: '25', default_position: 'Employee', tenant_id: '11111111-2222-3333-4444-555555555555' };
const badge = '24DCF85294E411E38A52066B556BA4EE';
const names: Readonly<Record<string, string>> = {
  USER: 'username',
  EMAIL: 'email',
  FIRST_NAME: 'first_name',
  LAST_NAME: 'last_name',
  PHONE: 'phone_number',
  ADDRESS: 'address',
  POSITION: 'position',
  PERMISSIONS_ID: 'role',
  [badge]: 'badge',
};
const metadata = Object.fromEntries(Object.entries(names).map(([id, name]) => [name, { internal_id: id }]));

/** What an instance maps by itself for the fields on the connector's page of standard mappings. */
const standardMapping = {
  user_principal_name: 'USER',
  mail: 'EMAIL',
  given_name: 'FIRST_NAME',
  surname: 'LAST_NAME',
  'additional_properties.jobTitle': 'POSITION',
};

function iniOf(mapping: VendorMapping): string {
  const lines = Object.entries(mapping).map(([id, spec]) => `mapping.${id} = ${JSON.stringify(spec)}`);
  return ['[oomnitza]', 'url = https://example.oomnitza.com', '[azureusers]', 'enable = True', ...Object.entries(settings).map((pair) => pair.join(' = ')), ...lines].join('\n');
}

function convertedFile(mapping: VendorMapping, instance: Readonly<Record<string, string | string[]>>) {
  const { files, remarks } = convertConfig(iniOf(mapping), readInstance(new URL('https://example.oomnitza.com'), instance, metadata));
  expect(remarks.filter((remark) => remark.includes('not converted'))).toEqual([]);
  return files[0]?.text ?? '';
}

/** An empty value is one kind of nothing; a list is one text. */
function settled(value: unknown): unknown {
  const text = Array.isArray(value) ? value.join(', ') : value;
  return text === '' || text === undefined ? null : text;
}

/** `concat` and the like are compared on both people, the second of whom has hardly a property. */
function expectSameValues(mapping: VendorMapping, instance: Readonly<Record<string, string | string[]>> = standardMapping): void {
  const file = convertedFile(mapping, instance);
  const vendor = vendorMapping(mapping, instance);
  for (const user of people) {
    const theirs = vendorFields(vendor, settings, asConnectorRecord(user));
    const ours = emittedFields(file, user);
    expect(ours === null).toBe(theirs === null);
    for (const [id, value] of Object.entries(theirs ?? {})) {
      const name = names[id] ?? '';
      const own = ours?.[name];
      if (value instanceof Kept) expect(own).toBeInstanceOf(InvalidValue);
      // The role and the position of the settings are for new people where nothing else gives one (the contract's `defaults`).
      else if (id === 'POSITION' && settled(value) === null) expect(own).toBe('Employee');
      else expect(String(settled(own))).toBe(String(settled(value)));
    }
  }
}

describe('a user gets the values that the connector gives', () => {
  it('by the mapping of the instance alone', () => {
    expectSameValues({});
  });

  it('by a source that the instance gives to several fields', () => {
    expectSameValues({}, { ...standardMapping, mail: ['EMAIL', 'ADDRESS'] });
  });

  it.each([
    'given_name',
    'surname',
    'display_name',
    'mail_nickname',
    'object_id',
    'immutable_id',
    'account_enabled',
    'department',
    'job_title',
    'physical_delivery_office_name',
    'telephone_number',
    'mobile',
    'other_mails',
    'user_state',
    'additional_properties.department',
    'additional_properties.telephoneNumber',
    'additional_properties.extension_0123456789abcdef0123456789abcdef_badge',
    'extension_0123456789abcdef0123456789abcdef_badge',
  ])('by the source %s', (source) => {
    expectSameValues({ [badge]: { source } });
  });

  it.each([
    ['capitalize', 'given_name'],
    ['capitalize', 'display_name'],
    ['split:on=@', 'mail'],
    ['split:on=@|index=1', 'mail'],
    ['split:on=.|index=-1', 'user_principal_name'],
    ['split:on= / |index=1', 'job_title'],
    ['split:on= |index=1', 'display_name'],
    ['split:index=1', 'display_name'],
    ['split', 'display_name'],
    ['split:on==|index=0', 'mail'],
    ['split_email', 'user_principal_name'],
    ['first_from_full', 'display_name'],
    ['last_from_full', 'display_name'],
    ['timestamp', 'additional_properties.createdDateTime'],
    ['timestamp', 'surname'],
    ['date_format', 'additional_properties.createdDateTime'],
    ['ldap_timestamp', 'additional_properties.employeeId'],
    ['memberOf:b@example.org=Known|default=Unknown', 'other_mails'],
    ['memberOf:b@example.org=Known|a@example.org=First', 'other_mails'],
    ['memberOf:Research=Lab|default=Office', 'department'],
    ['first_field:fields=mail,user_principal_name', 'mail_nickname'],
    ['first_field:fields=surname', 'given_name'],
    ["concat:values=given_name,' ',surname", 'mail'],
    ['concat:values="~",user_principal_name', 'mail'],
    ["concat:values=surname,'=',surname", 'mail'],
  ])('by the converter %s of %s', (converter, source) => {
    expectSameValues({ [badge]: { source, converter } });
  });

  it('by a source rather than a setting, by a setting rather than a constant', () => {
    expectSameValues({ [badge]: { source: 'department', setting: 'tenant_id', hardcoded: 'x' } });
    expectSameValues({ [badge]: { setting: 'tenant_id', hardcoded: 'x' } });
    expectSameValues({ [badge]: { hardcoded: 'x' } });
    expectSameValues({ [badge]: { source: '', setting: '', hardcoded: false } });
  });

  it('by the source of the instance, whatever constant the file has', () => {
    expectSameValues({ EMAIL: { hardcoded: 'x' }, POSITION: { setting: 'default_position' } });
  });

  it('by a converter that the file lays over the mapping of the instance', () => {
    expectSameValues({ FIRST_NAME: { converter: 'capitalize' }, EMAIL: { required: true } });
  });

  it('by the role and the position of the settings, where nothing maps them', () => {
    expectSameValues({}, { mail: 'EMAIL', user_principal_name: 'USER' });
    expectSameValues({ PERMISSIONS_ID: { setting: 'default_role' }, POSITION: { setting: 'default_position' } }, { mail: 'EMAIL', user_principal_name: 'USER' });
    expectSameValues({ PERMISSIONS_ID: { hardcoded: 31 } });
  });

  it('or is left out where a required one is missing', () => {
    expectSameValues({ [badge]: { source: 'given_name', required: true } });
    expectSameValues({ [badge]: { source: 'mail', converter: 'split_email', required: 'yes' } });
  });
});
