import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readYaml } from '../../src/config/read-yaml.ts';
import { schemaProblems } from '../../src/config/schema-problems.ts';
import { plainValueOf } from '../../src/config/yaml-node.ts';
import { convertSchema } from '../../src/config/convert-schema.ts';
import { converters } from '../../src/converters/index.ts';

const schema = z.strictObject({ convert: convertSchema(converters) });
const jsonSchema = z.toJSONSchema(convertSchema(converters), { io: 'input', target: 'draft-7' });

/** The problems of a file of one line, each as "place message hint". */
function problemsOf(line: string): string[] {
  const { root } = readYaml(line);
  if (root === undefined || root === null) throw new Error('no YAML');
  const issues = schema.safeParse(plainValueOf(root)).error?.issues ?? [];
  return schemaProblems(root, issues).map(({ position, message, hint }) => `${position.column} ${message}${hint === undefined ? '' : ` ${hint}`}`);
}

const names = '`lowercase`, `uppercase`, `capitalize`, `trim`, `split`, `split_email`, `first_from_full`, `last_from_full`, `epoch_seconds`, `ldap_timestamp`, `member_of` or `location`';
const takes = 'a converter, such as `lowercase` or `{ split: { on: "@" } }`, or a list of them';

describe('what `convert` takes', () => {
  it.each([
    ['lowercase', [{ name: 'lowercase', args: {} }]],
    ['split', [{ name: 'split', args: {} }]],
    ['{ split: { on: "@", index: 0 } }', [{ name: 'split', args: { on: '@', index: 0 } }]],
    ['{ trim: {} }', [{ name: 'trim', args: {} }]],
    ['[trim, lowercase]', [{ name: 'trim', args: {} }, { name: 'lowercase', args: {} }]],
    ['[trim, { split: { index: -1 } }]', [{ name: 'trim', args: {} }, { name: 'split', args: { index: -1 } }]],
    ['{ member_of: { map: { a: IT, b: 31 }, default: true } }', [{ name: 'member_of', args: { map: new Map<string, unknown>([['a', 'IT'], ['b', 31]]), default: true } }]],
    ['[ldap_timestamp, epoch_seconds]', [{ name: 'ldap_timestamp', args: {} }, { name: 'epoch_seconds', args: {} }]],
  ])('%s', (written, calls) => {
    const { root } = readYaml(`convert: ${written}`);
    expect(schema.parse(root ? plainValueOf(root) : undefined).convert).toEqual(calls);
  });

  it.each([
    ['lowercse', [`10 \`convert\` is the text \`lowercse\`; it takes ${names}. Did you mean \`lowercase\`?`]],
    ['reverse', [`10 \`convert\` is the text \`reverse\`; it takes ${names}.`]],
    ['5', [`10 \`convert\` is \`5\`; it takes ${takes}.`]],
    ['', [`1 \`convert\` is empty; it takes ${takes}. Write a value, or leave it out.`]],
    ['[]', [`10 \`convert\` is an empty list; it takes ${takes}.`]],
    ['[trim, [trim]]', ['17 `convert[1]` is a list; it takes a converter, such as `lowercase` or `{ split: { on: "@" } }`.']],
    ['[trim, trin]', [`17 \`convert[1]\` is the text \`trin\`; it takes ${names}. Did you mean \`trim\`?`]],
    ['member_of', ['10 The converter `member_of` needs `map`. Write `{ member_of: { map: … } }`.']],
    ['{}', ['10 The mapping names no converter. Write one converter a mapping, and for several a list of mappings.']],
    ['{ trim: {}, split: {} }', ['10 The mapping names 2 converters, which have no order. Write one converter a mapping, and for several a list of mappings.']],
    ['{ splt: {} }', ['12 Unknown key `splt`. Did you mean `split`?']],
    ['{ split: { at: "@" } }', ['21 Unknown key `at`. Known here: `on` and `index`.']],
    ['{ split: "@" }', ['19 `convert.split` is the text `@`; it takes a mapping of `on` and `index`.']],
    ['{ split: { on: "" } }', ['25 `convert.split.on` is a blank text; it takes a text that is not empty. Write a value, or leave it out.']],
    ['{ split: { index: 1.5 } }', ['28 `convert.split.index` is `1.5`; it takes a whole number.']],
    ['{ trim: { x: 1 } }', ['18 The converter `trim` has no arguments. Write `trim` alone.']],
    ['{ trim: 5 }', ['18 `convert.trim` is `5`; it takes no arguments.']],
    ['{ member_of: { default: x } }', ['12 `convert.member_of.map` is missing. It takes a mapping of texts to results.']],
    ['{ member_of: { map: {} } }', ['30 The mapping is empty. Write at least one line `text: result`.']],
    ['{ member_of: { map: { a: [] } } }', ['35 `convert.member_of.map.a` is an empty list; it takes a text that is not blank, a number, `true` or `false`.']],
    ['[epoch_seconds, trim]', ['26 `trim` cannot convert what `epoch_seconds` gives, a number. Remove one of them, or change their order.']],
  ])('refuses %s', (written, problems) => {
    expect(problemsOf(`convert: ${written}`)).toEqual(problems);
  });
});

describe('its JSON Schema', () => {
  it('offers to editors the names that need no arguments, and every converter as a key', () => {
    const [name, mapping, list] = z.object({ anyOf: z.array(z.record(z.string(), z.unknown())) }).parse(jsonSchema).anyOf;
    expect(name).toEqual({ type: 'string', enum: [...converters.keys()].filter((key) => key !== 'member_of') });
    expect(mapping).toMatchObject({ type: 'object', additionalProperties: false, minProperties: 1, maxProperties: 1 });
    expect(Object.keys(z.object({ properties: z.record(z.string(), z.unknown()) }).parse(mapping).properties)).toEqual([...converters.keys()]);
    expect(list).toMatchObject({ type: 'array', minItems: 1 });
  });

  it('states what the parameters mean and default to', () => {
    expect(mappingProperty('split')).toMatchObject({
      additionalProperties: false,
      properties: { on: { type: 'string', minLength: 1 }, index: { type: 'integer', default: 0 } },
    });
    expect(mappingProperty('member_of')).toMatchObject({ required: ['map'], properties: { map: { minProperties: 1 } } });
    expect(mappingProperty('trim')).toMatchObject({ type: 'object', maxProperties: 0 });
  });
});

function mappingProperty(name: string): unknown {
  const alternatives = z.object({ anyOf: z.array(z.object({ properties: z.record(z.string(), z.unknown()).optional() })) }).parse(jsonSchema).anyOf;
  return alternatives.find(({ properties }) => properties !== undefined)?.properties?.[name];
}
