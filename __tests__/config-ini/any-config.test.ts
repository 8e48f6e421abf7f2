import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { parseSyncFile } from '../../src/config/index.ts';
import { convertConfig, readInstance } from '../../src/config-ini/index.ts';

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('True', 'USER', 'EMAIL,PHONE', 'POSITION', 'mail', 'job_title', 'a: b', '${{ secrets.X }}', "'", '"'));
const id = fc.constantFrom('USER', 'EMAIL', 'PHONE', 'POSITION', 'PERMISSIONS_ID', 'ABC', 'UID', '__PROTO__', 'A B');
const converter = fc.constantFrom('split:on=@', 'split_email', 'memberOf:a=b', "concat:values=given_name,' \u2028\"'", 'first_field:fields=mail', 'nonsense');
const spec = fc.record({ source: text, setting: fc.constantFrom('default_role', 'enable', 'secret'), hardcoded: fc.jsonValue(), converter, required: fc.boolean() }, { requiredKeys: [] });
const line = fc.oneof(
  fc.tuple(fc.constantFrom('enable', 'sync_field', 'default_role', 'default_position', 'insert_only', 'update_only', 'use_server_map', 'tenant_id', 'recordfilter', 'x'), text).map((pair) => pair.join(' = ')),
  fc.tuple(id, fc.oneof(spec.map((given) => JSON.stringify(given)), text)).map(([field, given]) => `mapping.${field} = ${given}`),
  fc.tuple(fc.constantFrom('[azureusers', '[converters', '[oomnitza'), text).map(([name, more]) => `${name}.${more}]`),
  text,
);

const sources = fc.dictionary(text, fc.oneof(id, fc.array(id)));
const metadata = fc.dictionary(fc.oneof(text, fc.constantFrom('uid', 'username', '__proto__')), fc.record({ internal_id: id }));

describe('whatever a config.ini and an instance hold', () => {
  it('every sync file passes all checks, and every workflow has its steps', () => {
    fc.assert(
      fc.property(fc.array(line), fc.option(fc.tuple(sources, metadata)), (lines, answers) => {
        const instance = answers === null ? undefined : readInstance(new URL('https://example.oomnitza.com'), ...answers);
        const { files } = convertConfig(`[azureusers]\n${lines.join('\n')}\n`, instance);
        for (const file of files) {
          if (file.name.endsWith('.workflow.yml')) expect(parse(file.text)).toHaveProperty('jobs.sync.steps');
          else parseSyncFile(file.text);
        }
      }),
      { numRuns: 500 },
    );
  });
});
