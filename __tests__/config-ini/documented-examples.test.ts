import { describe, expect, it } from '@jest/globals';
import { parseSyncFile } from '../../src/config/index.ts';
import { emittedFields } from './emitted.ts';
import { conversion, keptIn } from './convert.ts';
import { asConnectorRecord, people } from './people.ts';
import { vendorFields, vendorMapping } from './vendor.ts';

/*
 * What the connector's README has of configuration that can stand in an [azureusers] section: the generated
 * config.ini, the common optional settings, mappings, custom converters, filters, secrets in a vault.
 */

const oomnitza = ['[oomnitza]', 'url = https://example.oomnitza.com', 'api_token =', 'username = oomnitza-sa', 'password = ThePassword', ''];
const azureusers = ['[azureusers]', 'enable = False', 'tenant_id = ', 'client_id = ', 'secret = ', 'default_role = 25', 'default_position = Employee'];

const metadata = { my_awesome_field: { internal_id: 'MY_AWESOME_FIELD' } };
const mapping = { user_principal_name: 'USER', mail: 'EMAIL', 'additional_properties.jobTitle': 'POSITION' };

function lines(...all: readonly (string | readonly string[])[]): string {
  return `${all.flat().join('\n')}\n`;
}

describe('the documented configurations', () => {
  it('as it is generated, with a sync field', () => {
    const { emitted, syncFile, secrets, variables } = conversion(lines(oomnitza, azureusers, 'sync_field = USER'));
    expect([emitted.enabled, emitted['sync-keys'], emitted.defaults, keptIn(syncFile)]).toEqual([false, ['username'], { role: 25, position: 'Employee' }, []]);
    expect(parseSyncFile(syncFile).enabled).toBe(false);
    expect(secrets.map(({ name }) => name)).toEqual(['ENTRA_CLIENT_SECRET', 'OOMNITZA_USERNAME', 'OOMNITZA_PASSWORD']);
    expect(variables.map(({ name }) => name)).toEqual(['ENTRA_TENANT_ID', 'ENTRA_CLIENT_ID']);
  });

  it('as it is generated, with the mapping of the instance', () => {
    const { syncFile } = conversion(lines(oomnitza, azureusers, 'sync_field = USER'), { mapping, metadata });
    for (const user of people) {
      const theirs = vendorFields(vendorMapping({}, mapping), { default_role: '25', default_position: 'Employee' }, asConnectorRecord(user));
      expect(emittedFields(syncFile, user)).toEqual({
        username: theirs?.['USER'],
        email: theirs?.['EMAIL'] ?? undefined,
        position: theirs?.['POSITION'] ?? 'Employee',
        role: 25,
      });
    }
  });

  it('with several sync fields', () => {
    const { syncFile } = conversion(lines(oomnitza, azureusers, 'sync_field = USER,EMAIL'));
    expect(parseSyncFile(syncFile).syncKeys.map(({ field }) => field)).toEqual(['username', 'email']);
  });

  it.each([
    ['insert_only', 'create-only'],
    ['update_only', 'update-only'],
  ])('with %s', (setting, preference) => {
    const { syncFile } = conversion(lines(oomnitza, azureusers, `${setting} = True`));
    expect(parseSyncFile(syncFile).preference).toBe(preference);
  });

  it('with secrets in a vault', () => {
    const { syncFile, secrets } = conversion(lines('[oomnitza]', 'url = https://example.com', 'vault_backend = keyring', 'vault_keys = api_token', azureusers, 'vault_backend = vault', 'vault_keys = secret'));
    expect(keptIn(syncFile)).toEqual([]);
    expect(secrets.map(({ name }) => name)).toEqual(['ENTRA_CLIENT_SECRET', 'OOMNITZA_API_TOKEN']);
  });

  it('with a mapping, and with a converter', () => {
    const given = lines(oomnitza, azureusers, 'mapping.MY_AWESOME_FIELD = {"source": "display_name", "converter": "last_from_full"}', 'mapping.PHONE = {"source": "mobile"}');
    const { syncFile } = conversion(given, { mapping, metadata });
    expect(people.map((user) => emittedFields(syncFile, user)?.['my_awesome_field'])).toEqual(['Lovelace', 'Guest']);
    expect(people.map((user) => emittedFields(syncFile, user)?.['phone_number'])).toEqual(['+44 7 1', undefined]);
  });

  it('with a custom converter', () => {
    const converter = ['[converters]', 'my_custom_converter:', '    return record.get("position", "Unknown position")'];
    const { emitted, syncFile } = conversion(lines(oomnitza, azureusers, 'mapping.POSITION = {"source": "position", "converter": "my_custom_converter"}', converter), { mapping, metadata });
    expect(emitted.fields).not.toHaveProperty('position');
    expect(keptIn(syncFile)).toEqual([
      'Line 14, not converted: its source is no property of a user in Microsoft Graph that a field can hold. | mapping.POSITION = {"source": "position", "converter": "my_custom_converter"}',
      'Line 16, not converted: it is Python. | my_custom_converter:       return record.get("position", "…")',
    ]);
  });

  it('with a filter', () => {
    const { emitted, syncFile } = conversion(lines(oomnitza, azureusers, 'recordfilter:', '    return record.asset_type == "computer"'));
    expect(emitted.enabled).toBe(false);
    expect(keptIn(syncFile)).toEqual([
      'Line 14, not converted: it is Python; write the condition in CEL under `scope`, or as a filter of Microsoft Graph under `source.filter`. | recordfilter:       return record.asset_type == "computer"',
    ]);
  });

  it('with a constant that is a list, and with the quotes that the README uses', () => {
    const given = lines(oomnitza, azureusers, 'mapping.APPLICATIONS = {"hardcoded": []}', "mapping.USER =           {'source': \"uid\", 'required': True, 'converter': 'ldap_user_field'},");
    const { syncFile } = conversion(given, { mapping, metadata: { ...metadata, applications: { internal_id: 'APPLICATIONS' } } });
    expect(keptIn(syncFile)).toEqual([
      'Line 14, not converted: a field holds no list, no mapping and no number of that size. | mapping.APPLICATIONS = {"hardcoded": []}',
      "Line 15, not converted: it is not JSON (which takes double quotes alone), so that the connector took all of it for the name of a source. Until you write a rule for `username`, it is filled as in the preset. | mapping.USER =           {'source': \"uid\", 'required': True, 'converter': 'ldap_user_field'},",
    ]);
  });

  it('with more than one section', () => {
    const { files } = conversion(lines(oomnitza, azureusers, '[azureusers.Contractors]', azureusers.slice(1)));
    expect(files.map(({ name }) => name)).toEqual(['azureusers.sync.yml', 'azureusers.workflow.yml', 'azureusers.Contractors.sync.yml', 'azureusers.Contractors.workflow.yml']);
  });
});
