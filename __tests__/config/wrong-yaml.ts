import type { WrongFile } from './wrong-files.ts';

const otherwise = 'Check quotes, brackets and indentation here and in the line above.';
const emptyHint = 'The smallest sync file is the two lines `version: 1` and `sync-keys: [email]`.';

/** Ten anchors, each ten times the one before: ten thousand million values if anybody counted them. */
const billionLaughs = [
  'a0: &a0 ["lol","lol","lol","lol","lol","lol","lol","lol","lol","lol"]',
  ...Array.from({ length: 9 }, (_, index) => `a${index + 1}: &a${index + 1} [${Array(10).fill(`*a${index}`).join(',')}]`),
].join('\n');

/** Texts that are no sync file before any key of it is looked at, and texts that are not what they seem. */
export const wrongYaml: Readonly<Record<string, Pick<WrongFile, 'file' | 'says'>>> = {
  'no text': { file: '', says: [['1:1', 'The sync file is empty.', emptyHint]] },
  'comments only': { file: '# version: 1\n\n# sync-keys: [email]\n', says: [['1:1', 'The sync file is empty.', emptyHint]] },
  'a document without content': { file: '---\n...\n', says: [['1:1', 'The sync file is empty.', emptyHint]] },
  'null': { file: '~\n', says: [['1:1', 'The sync file is empty.', emptyHint]] },

  'a tab': {
    file: 'version: 1\nsource:\n\tfilter: x\n',
    says: [['3:1', 'A tab is used to indent.', 'Indent with spaces.']],
  },
  'a colon in a text': {
    file: 'version: 1\nsource:\n  filter: startswith(displayName, x: y)\n',
    says: [
      [
        '3:11',
        'A key stands where a value is going on.',
        'Put a text that holds a colon and a space in quotes, and indent keys that belong together alike.',
      ],
    ],
  },
  'a key without colon': {
    file: 'version: 1\nenabled\nsync-keys: [email]\n',
    says: [['2:1', 'No colon follows `enabled\\u{a}sync-keys`.', 'Write `key: value`.']],
  },
  'a text that needs quotes': {
    file: 'version: 1\nsource: { filter: @x }\n',
    says: [['2:19', 'A text without quotes cannot start with `@`.', 'Put the text in quotes.']],
  },
  'a quote that does not end, told at the end of the text': {
    file: 'version: 1\nsource: { filter: "x }\n\n\n',
    says: [['2:23', 'This is not valid YAML: Missing closing "quote.', otherwise]],
  },
  'keys that do not line up': {
    file: 'version: 1\nsource:\n  filter: x\n min-users: 1\n',
    says: [['4:1', 'This is not valid YAML: All mapping items must start at the same column.', otherwise]],
  },
  'several slips are told once a line': {
    file: 'a: "b" c "d"\nx: @\ny: 5\n',
    says: [
      ['1:8', 'This is not valid YAML: Unexpected scalar at node end.', otherwise],
      ['2:4', 'A text without quotes cannot start with `@`.', 'Put the text in quotes.'],
    ],
  },
  'a list as key': {
    file: '? [version]\n: 1\n',
    says: [['1:3', 'A key must be a plain text.', 'Write the key without alias, tag or brackets.']],
  },
  'braces of a template as value': {
    file: 'version: 1\nsource: { filter: {{ filter }} }\n',
    says: [['2:20', 'A key must be a plain text.', 'Write the key without alias, tag or brackets.']],
  },
  'a tag': { file: 'version: !int 1\n', says: [['1:10', 'The tag `!int` has no meaning here.', 'Put a text that starts with `!` in quotes.']] },
  'a type of YAML 1.1': {
    file: 'sync-keys: !!set { email }\n',
    says: [['1:12', 'The tag `!!set` has no meaning here.', 'Put a text that starts with `!` in quotes.']],
  },
  'an unknown directive': {
    file: '%SYNC 1\n---\nversion: 1\n',
    says: [['1:1', 'This is not valid YAML: Unknown directive %SYNC.', otherwise]],
  },
  'a second document': {
    file: 'version: 1\nsync-keys: [email]\n---\nversion: 1\n',
    says: [
      ['3:1', 'A second YAML document starts here.', 'Remove the line `---`: a sync file is one document. A second sync is a second file.'],
    ],
  },

  'a key twice': {
    file: 'version: 1\nsync-keys: [email]\nfields:\n  office: city\n  office: officeLocation\n',
    says: [['5:3', 'The key `office` stands here a second time.', 'It stands in line 4 already; keep one of them.']],
  },
  'a key twice in different quotes, beside another problem': {
    file: 'version: 1\n"version": 1\nsync-keys: [email]\nenabled: 5\n',
    says: [
      ['2:1', 'The key `version` stands here a second time.', 'It stands in line 1 already; keep one of them.'],
      ['4:10', '`enabled` is `5`; it takes `true` or `false`.'],
    ],
  },
  'a merge key': {
    file: 'version: 1\nsync-keys: [email]\nfields:\n  office: &short { source: city }\n  floor: { <<: *short }\n',
    says: [
      ['5:3', 'The rule has none of `source`, `value` and `expression`.', 'Add `source` with a source path, `value` with a constant, or `expression`.'],
      ['5:12', 'Merge keys (`<<`) are not part of YAML 1.2.', 'Write the keys out.'],
    ],
  },
  'a key that would reach a prototype': {
    file: 'version: 1\nsync-keys: [email]\n__proto__: { enabled: false }\nfields:\n  __proto__: mail\n',
    says: [
      ['3:1', 'The key `__proto__` is not allowed.', 'Remove it.'],
      ['5:3', 'The key `__proto__` is not allowed.', 'Remove it.'],
    ],
  },

  'an alias without anchor': {
    file: 'version: 1\nsync-keys: [email]\nsource: { filter: *x }\n',
    says: [
      ['3:19', 'No anchor `&x` stands before the alias `*x`.', 'Put a text that starts with `*` in quotes, or write the value out.'],
    ],
  },
  'an anchor that holds itself': {
    file: 'version: &x [*x]\n',
    says: [
      ['1:14', 'No anchor `&x` stands before the alias `*x`.', 'Put a text that starts with `*` in quotes, or write the value out.'],
    ],
  },
  'a problem behind aliases is told where it is written': {
    file: 'version: 1\nsync-keys: [email]\nfields: { office: &rule { sorce: city }, floor: *rule, room: *rule }\n',
    says: [['3:27', 'Unknown key `sorce`.', 'Did you mean `source`?']],
  },
  'a problem with an aliased value itself is told at the alias': {
    file: 'version: 1\nsync-keys: [email]\nenabled: &yes "yes"\nfields: { office: { source: city, required: *yes }, floor: &p "a b", room: *p }\n',
    says: [
      ['3:15', '`enabled` is the text `yes`; it takes `true` or `false`.', 'Write `true`, without quotes.'],
      ['4:45', '`fields.office.required` is the text `yes`; it takes `true` or `false`.', 'Write `true`, without quotes.'],
      [
        '4:65',
        'The source path `a b` goes wrong at ` b`.',
        'A source path is property names and list indexes, such as `mail`, `businessPhones[0]` or `onPremisesExtensionAttributes.extensionAttribute3`. A constant is written `{ value: … }`.',
      ],
      [
        '4:76',
        'The source path `a b` goes wrong at ` b`.',
        'A source path is property names and list indexes, such as `mail`, `businessPhones[0]` or `onPremisesExtensionAttributes.extensionAttribute3`. A constant is written `{ value: … }`.',
      ],
    ],
  },
  'a billion laughs': {
    file: billionLaughs,
    says: [['4:38', 'The aliases up to here stand for more than 10000 values.', 'Write the values out instead of nesting aliases.']],
  },

  'leading zeros': {
    file: 'version: 1\nsync-keys: [email]\nfields: { cost_center: { value: 0071 } }\n',
    says: [['3:33', 'YAML takes `0071` as the number `71`.', 'Write `71` for the number, or put it in quotes to keep it as written.']],
  },
  'more digits than a number holds': {
    file: 'version: 1\nsync-keys: [email]\ndefaults: { role: 12345678901234567890 }\n',
    says: [['3:19', 'YAML takes `12345678901234567890` as the number `12345678901234567000`.', 'Put it in quotes.']],
  },
  'a number without end': {
    file: 'version: 1\nsync-keys: [email]\nfields: { floor: { value: .inf } }\n',
    says: [['3:27', '`fields.floor.value` is `Infinity`; it takes a text that is not blank, a number, `true` or `false`.']],
  },
};
