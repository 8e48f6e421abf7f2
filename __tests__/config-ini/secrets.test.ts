import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { convertConfig } from '../../src/config-ini/index.ts';
import { SyncError } from '../../src/errors.ts';
import { conversion, keptIn, sectionOf } from './convert.ts';

const secret = 'hunter2~Q"x\\y';
const head = `[oomnitza]\nurl = https://acme.oomnitza.com\napi_token = tok-5f2a\npassword = ThePassword\n[azureusers]\nenable = True\nsecret = ${secret}\n`;

/** Whatever a user sees of a conversion. */
function everything(ini: string): string {
  try {
    return JSON.stringify(convertConfig(ini)).replaceAll('\\\\', '\\');
  } catch (thrown) {
    if (thrown instanceof SyncError) return `${thrown.message} ${thrown.hint}`;
    throw thrown;
  }
}

/** Secrets in the spellings in which they could come out. */
const spellings = ['hunter2', 'tok-5f2a', 'thepassword'];

function expectNoSecret(text: string): void {
  for (const spelling of spellings) expect(text.toLowerCase()).not.toContain(spelling);
}

describe('no secret comes out', () => {
  it.each([
    ['of its own place', ''],
    ['of the tenant', `tenant_id = ${secret}`],
    ['of the client', `client_id = tok-5f2a`],
    ['of a default', `default_position = ${secret}`],
    ['of a sync key', `sync_field = ${secret}`],
    ['of a setting that is misspelt', `secrte = ${secret}`],
    ['of a misspelt setting that is like no other', 'secrte = hunter2-other'],
    ['of a key', `${secret} = x\nTHEPASSWORD = x`],
    ['of a line that is none', 'hunter2 alone'],
    ['of a comment', `# ${secret}\n; tok-5f2a`],
    ['of an inline comment', `default_role = 25 ; ${secret}`],
    ['of a line that goes on', `default_role = 25\n   ${secret}`],
    ['of a constant', `mapping.PHONE = ${JSON.stringify({ hardcoded: secret })}`],
    ['of a constant in a text', `mapping.PHONE = ${JSON.stringify({ hardcoded: `a ${secret} b` })}`],
    ['of a setting that is mapped', 'mapping.PHONE = {"setting": "secret"}'],
    ['of a default that is mapped', `default_position = ${secret}\nmapping.PHONE = {"setting": "default_position"}`],
    ['of a source', `mapping.PHONE = ${secret}`],
    ['of a converter', `mapping.PHONE = ${JSON.stringify({ source: 'mobile', converter: `split:on=${secret}` })}`],
    ['of a broken mapping', `mapping.PHONE = {'source': "${secret}"}`],
    ['of a field', `mapping.${secret} = mail`],
    ['of a replaced line', `secret = other-value-1\nSECRET = ${secret}`],
    ['of a filter', `recordfilter:\n    return check("${secret}", 'ThePassword')`],
    ['of a filter by its own name', 'recordfilter:\n    password = "hunter2-other"\n    auth("svc", \'hunter2-third\')'],
    ['of a converter of its own', `[converters]\nx:\n   return "${secret}"`],
    ['of the name of a section', `[azureusers.${secret}]\nenable = True`],
    ['of the name of another section', `[ldap.${secret}]\nenable = True`],
    ['of another section', '[ldap]\npassword = hunter2-ldap\n[azureusers.B]\ndefault_position = hunter2-ldap'],
    ['of an address', '[oomnitza]\nurl = https://me:hunter2-url@acme.oomnitza.com\n[azureusers.B]\ndefault_position = hunter2-url'],
    ['of an address that is escaped', '[oomnitza]\nurl = https://me:hunter2%3Aurl@acme.oomnitza.com\n[azureusers.B]\ndefault_position = hunter2:url'],
    ['of an address that is badly escaped', '[oomnitza]\nurl = https://me:hunter2%zzurl@acme.oomnitza.com\n[azureusers.B]\ndefault_position = hunter2%zzurl'],
    ['of a setting of Oomnitza', '[oomnitza]\ntoken_of_old = hunter2-old\ncolour = hunter2-red'],
  ])('%s', (_place, lines) => {
    expectNoSecret(everything(head + lines));
  });

  it.each([
    ['without a section', `secret = ${secret}`],
    ['without a section of ours', `[ldap.${secret}]\npassword = ${secret}`],
  ])('of a file %s', (_name, ini) => {
    expectNoSecret(everything(ini));
  });

  it('wherever it stands', () => {
    const place = fc.constantFrom('default_role = ', 'mapping.PHONE = ', 'mapping.EMAIL = {"source": "', 'x', '  ', '[', '# ', 'recordfilter: ', 'sync_field = USER,', 'url = https://', '\n');
    fc.assert(
      fc.property(fc.array(fc.tuple(place, fc.constantFrom(secret, '', '\n', '"}', ']', ' ; '))), (parts) => {
        expectNoSecret(everything(`${head}${parts.map((part) => part.join('')).join('\n')}\n[converters]\nx: 1`));
      }),
      { numRuns: 300 },
    );
  });

  it('and what is no secret stays', () => {
    const { syncFile, emitted } = sectionOf(['mapping.PHONE = {"hardcoded": "password"}', 'recordfilter:', '    return record["mail"] != "a@example.com"']);
    expect(emitted.fields['phone_number']).toMatchObject({ value: 'password' });
    expect(keptIn(syncFile)[0]).toContain('return record["mail"] != "a@example.com"');
  });
});

describe('what is kept', () => {
  it('shows what an editor would hide', () => {
    const { syncFile } = sectionOf(['mapping.PHONE = a\u202Eb\u0000c\u2028d']);
    expect(syncFile).toContain('#   mapping.PHONE = a\\u{202e}b\\u{0}c\\u{2028}d\n');
  });

  it('cannot end its comment', () => {
    const { emitted } = conversion('[azureusers]\nenable = True\nrecordfilter:\n  x\n  \u0085version: 2\n  \u2028enabled: true\n');
    expect(emitted.enabled).toBe(false);
  });
});
