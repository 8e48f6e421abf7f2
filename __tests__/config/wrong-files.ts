/** A sync file in which something is wrong, with all that is said of it: place, message, hint. */
export interface WrongFile {
  readonly file: string;
  readonly says: readonly (readonly [place: string, message: string, hint?: string])[];
  /** The JSON Schema cannot tell: the problem lies between parts of the file, or in the presets. */
  readonly unseenBySchema?: true;
}

const pathHint =
  'A source path is property names and list indexes, such as `mail`, `businessPhones[0]` or ' +
  '`onPremisesExtensionAttributes.extensionAttribute3`. A constant is written `{ value: … }`.';
const keysHint = 'Known here: `version`, `enabled`, `source`, `scope`, `preset`, `identity`, `sync-keys`, `preference`, `defaults`, `fields`, `leavers`, `limits`, `protect` and `saas`.';
const ruleKeysHint = 'Known here: `source`, `value`, `expression`, `convert`, `default`, `required`, `apply` and `when-empty`.';
const groupTakes = 'the object id of a group, such as `8a9c3f10-5b7d-4e21-9c66-0f2d7b1e4a35`.';
const constantTakes = 'it takes a text that is not blank, a number, `true` or `false`.';
const ruleTakes = "it takes a source path, a list of them, a mapping with `source`, `value` or `expression`, or `null` to remove the preset's rule.";
const limitTakes = 'it takes a count, a percentage such as `30%`, a list of both, or `none`.';
const blankHint = 'Write a value, or leave it out.';

/** A file that is right up to the line given, which becomes line 3. */
const withLine = (line: string): string => `version: 1\nsync-keys: [email]\n${line}\n`;
/** A file that is right up to the rule given, which becomes line 4, at column 3. */
const withRule = (rule: string): string => `version: 1\nsync-keys: [email]\nfields:\n  ${rule}\n`;

export const wrongFiles: Readonly<Record<string, WrongFile>> = {
  'a list instead of a mapping': {
    file: '- version: 1\n',
    says: [['1:1', 'The sync file is a list; it takes a mapping that starts with `version: 1`.']],
  },
  'a text instead of a mapping': {
    file: 'hello\n',
    says: [['1:1', 'The sync file is the text `hello`; it takes a mapping that starts with `version: 1`.']],
  },
  'an empty mapping': {
    file: '{}\n',
    says: [
      ['1:1', '`version` is missing.', 'It takes the number `1`.'],
      ['1:1', '`sync-keys` is missing.', 'It takes a list of Oomnitza fields, such as `[email]`. With `identity`, it may be left out.'],
    ],
  },

  // Keys
  'an unknown key close to none': { file: withLine('people: x'), says: [['3:1', 'Unknown key `people`.', keysHint]] },
  'an unknown key close to one': {
    file: withLine('feilds: {}'),
    says: [['3:1', 'Unknown key `feilds`.', 'Did you mean `fields`?']],
  },
  'a misspelt required key is told once': {
    file: 'version: 1\nsync_keys: [email]\n',
    says: [['2:1', 'Unknown key `sync_keys`.', 'Did you mean `sync-keys`?']],
  },
  'an unknown key in source': {
    file: withLine('source:\n  tenant: x\n  minUsers: 1'),
    says: [
      ['4:3', 'Unknown key `tenant`.', 'Known here: `kind`, `filter`, `groups` and `min-users`.'],
      ['5:3', 'Unknown key `minUsers`.', 'Did you mean `min-users`?'],
    ],
  },
  'an application without an id': {
    file: withLine('saas: { external-id: idd }'),
    says: [
      ['3:1', '`saas.application` is missing.', 'It takes the id of a SaaS application in Oomnitza, such as `"12"`.'],
      ['3:22', 'A user in Microsoft Graph has no property `idd`.', 'Did you mean `id`?'],
    ],
  },
  'an application that no path can hold': {
    file: withLine('saas: { application: .. }'),
    says: [['3:22', '`saas.application` is the text `..`; it takes the id of a SaaS application in Oomnitza, such as `"12"`.']],
  },
  'an external id that is not read': {
    file: withLine('saas: { application: 12, external-id: "groups[0]" }'),
    says: [['3:39', '`groups` are those of `source.groups` that hold the user, and the file names no group there.', 'Add `source.groups` with the object ids of the groups.']],
    unseenBySchema: true,
  },
  'a field that is called as the assignment': {
    file: withLine('defaults: { role: 25, saas: x }\nfields: { saas: city }\nsaas: { application: 12 }'),
    says: ['3:23', '4:11'].map((place): [string, string, string] => [place, 'Beside `saas`, a field cannot be called `saas`: in plans and reports that name stands for the assignment to the application.', 'Remove the field or, outside of `fields` and `defaults`, `saas`.']),
    unseenBySchema: true,
  },
  'an unknown key in a rule': {
    file: withRule('office: { source: city, mode: x, requird: true }'),
    says: [
      ['4:27', 'Unknown key `mode`.', ruleKeysHint],
      ['4:36', 'Unknown key `requird`.', 'Did you mean `required`?'],
    ],
  },
  'a rule with nothing but an unknown key is told once': {
    file: withRule('office: { sorce: city }'),
    says: [['4:13', 'Unknown key `sorce`.', 'Did you mean `source`?']],
  },
  'a key that is a number': {
    file: withLine('25: x'),
    says: [['3:1', 'Unknown key `25`.', keysHint]],
  },
  'a key with invisible characters': {
    file: withLine('"en\\u200babled": true'),
    says: [['3:1', 'Unknown key `en\\u{200b}abled`.', 'Did you mean `enabled`?']],
  },
  'a key that is very long': {
    file: withLine(`${'x'.repeat(100)}: 1`),
    says: [['3:1', `Unknown key \`${'x'.repeat(60)}…\`.`, keysHint]],
  },

  // version, enabled, preset, preference
  'another version': {
    file: 'version: 2\nsync-keys: [email]\n',
    says: [['1:10', '`version` is `2`; it takes the number `1`.']],
  },
  'a version in quotes': {
    file: 'version: "1"\nsync-keys: [email]\n',
    says: [['1:10', '`version` is the text `1`; it takes the number `1`.', 'Remove the quotes.']],
  },
  'enabled: yes': {
    file: withLine('enabled: Yes'),
    says: [['3:10', '`enabled` is the text `Yes`; it takes `true` or `false`.', 'Write `true`, without quotes.']],
  },
  'enabled: never': {
    file: withLine('enabled: never'),
    says: [['3:10', '`enabled` is the text `never`; it takes `true` or `false`.']],
  },
  'a preset that is no text': {
    file: withLine('preset: [entra]'),
    says: [['3:9', '`preset` is a list; it takes `entra`, `intune` or `none`.']],
  },
  'an unknown preset says nothing of what it would have given': {
    file: 'version: 1\nsync-keys: [office]\npreset: entr\nfields:\n  office: null\n',
    says: [['3:9', '`preset` is the text `entr`; it takes `entra`, `intune` or `none`.', 'Did you mean `entra`?']],
  },
  'a misspelt preference': {
    file: withLine('preference: update_only'),
    says: [
      [
        '3:13',
        '`preference` is the text `update_only`; it takes `create-and-update`, `create-only` or `update-only`.',
        'Did you mean `update-only`?',
      ],
    ],
  },

  // source
  'source without content': {
    file: withLine('source:'),
    says: [['3:1', '`source` is empty; it takes a mapping of `kind`, `filter`, `groups` and `min-users`.', blankHint]],
  },
  'a blank filter': {
    file: withLine('source:\n  filter: "  "'),
    says: [
      ['4:11', '`source.filter` is a blank text; it takes a Microsoft Graph filter, such as `accountEnabled eq true`.', blankHint],
    ],
  },
  'a filter that is no text': {
    file: withLine('source: { filter: true }'),
    says: [['3:19', '`source.filter` is `true`; it takes a Microsoft Graph filter, such as `accountEnabled eq true`.']],
  },
  'min-users below zero': {
    file: withLine('source: { min-users: -1 }'),
    says: [['3:22', '`source.min-users` is `-1`; it takes a whole number, 0 or more.']],
  },
  'min-users with a fraction': {
    file: withLine('source: { min-users: 1.5 }'),
    says: [['3:22', '`source.min-users` is `1.5`; it takes a whole number, 0 or more.']],
  },
  'min-users in quotes': {
    file: withLine('source: { min-users: "5" }'),
    says: [['3:22', '`source.min-users` is the text `5`; it takes a whole number, 0 or more.', 'Remove the quotes.']],
  },
  'min-users in words': {
    file: withLine('source: { min-users: five }'),
    says: [['3:22', '`source.min-users` is the text `five`; it takes a whole number, 0 or more.']],
  },

  'an unknown kind of source': {
    file: withLine('source: { kind: intun }'),
    says: [['3:17', '`source.kind` is the text `intun`; it takes `entra` or `intune`.', 'Did you mean `intune`?']],
  },
  'an unknown kind of source says nothing of the preset it would have given': {
    file: withLine('source: { kind: none }'),
    says: [['3:17', '`source.kind` is the text `none`; it takes `entra` or `intune`.']],
  },
  'a kind of source that is no text': {
    file: withLine('source: { kind: true }'),
    says: [['3:17', '`source.kind` is `true`; it takes `entra` or `intune`.']],
  },
  'a group without a list': {
    file: withLine('source: { groups: 8a9c3f10-5b7d-4e21-9c66-0f2d7b1e4a35 }'),
    says: [
      [
        '3:19',
        '`source.groups` is the text `8a9c3f10-5b7d-4e21-9c66-0f2d7b1e4a35`; it takes a list of object ids of groups.',
        'Write `[8a9c3f10-5b7d-4e21-9c66-0f2d7b1e4a35]`.',
      ],
    ],
  },
  'no group at all': {
    file: withLine('source: { groups: [] }'),
    says: [['3:19', '`source.groups` is an empty list; it takes a list of object ids of groups.']],
  },
  'groups that are no ids': {
    file: withLine('source:\n  groups:\n    - Sales\n    - 8a9c3f10-5b7d-4e21-9c66-0f2d7b1e4a3\n    - 17\n    - "{8a9c3f10-5b7d-4e21-9c66-0f2d7b1e4a35}"'),
    says: [
      ['5:7', `\`source.groups[0]\` is the text \`Sales\`; it takes ${groupTakes}`],
      ['6:7', `\`source.groups[1]\` is the text \`8a9c3f10-5b7d-4e21-9c66-0f2d7b1e4a3\`; it takes ${groupTakes}`],
      ['7:7', `\`source.groups[2]\` is \`17\`; it takes ${groupTakes}`],
      ['8:7', `\`source.groups[3]\` is the text \`{8a9c3f10-5b7d-4e21-9c66-0f2d7b1e4a35}\`; it takes ${groupTakes}`],
    ],
  },
  'a group that is listed twice': {
    file: withLine('source:\n  groups:\n    - 8a9c3f10-5b7d-4e21-9c66-0f2d7b1e4a35\n    - 8a9c3f10-5b7d-4e21-9c66-0f2d7b1e4a35'),
    says: [['6:7', 'The group `8a9c3f10-5b7d-4e21-9c66-0f2d7b1e4a35` is listed already.', 'Keep the first of them.']],
  },
  'a group that is listed twice in other letters': {
    file: withLine('source:\n  groups:\n    - 8a9c3f10-5b7d-4e21-9c66-0f2d7b1e4a35\n    - 8A9C3F10-5B7D-4E21-9C66-0F2D7B1E4A35'),
    says: [['6:7', 'The group `8A9C3F10-5B7D-4E21-9C66-0F2D7B1E4A35` is listed already.', 'Keep the first of them.']],
    unseenBySchema: true,
  },
  'groups of users where no group is read': {
    file: withRule('office: { source: groups, convert: { member_of: { map: { x: y } } } }'),
    says: [['4:21', '`groups` are those of `source.groups` that hold the user, and the file names no group there.', 'Add `source.groups` with the object ids of the groups.']],
    unseenBySchema: true,
  },
  'devices where Intune is not read': {
    file: withRule("office: { expression: 'user.devices.map(d, d.deviceName)' }\n  asset: devices[0].serialNumber"),
    says: [
      ['4:25', '`devices` are read from Intune only.', 'Set `source.kind: intune`.'],
      ['5:10', '`devices` are read from Intune only.', 'Set `source.kind: intune`.'],
    ],
    unseenBySchema: true,
  },
  "a removal of what the preset of Intune has not": {
    file: withLine('source: { kind: intune }\nfields:\n  mail_nickname: null'),
    says: [['5:18', '`mail_nickname: null` removes a rule of the preset, which has none for it.', 'Remove the line, or write a rule.']],
    unseenBySchema: true,
  },

  // identity
  'an identity that is a sync key as well, and has a rule': {
    file: 'version: 1\nidentity: entra_id\nsync-keys: [email, entra_id]\nfields:\n  entra_id: id\n',
    says: [
      ['3:20', '`entra_id` is the `identity` already, which is tried before all sync keys.', 'Remove it here.'],
      ['5:3', 'The sync itself writes the Entra id to `entra_id`, since that is the `identity`.', 'Remove this rule.'],
    ],
    unseenBySchema: true,
  },
  'an identity that every person needs for something else': {
    file: 'version: 1\nidentity: email\n',
    says: [['2:11', '`identity` cannot be `email`, which every person needs for something else.', 'Name a text field of your instance that is unique and holds nothing but the Entra id, such as `entra_object_id`.']],
    unseenBySchema: true,
  },
  'an identity that is misspelt': { file: 'version: 1\nidentiy: entra_id\n', says: [['2:1', 'Unknown key `identiy`.', 'Did you mean `identity`?']] },

  // leavers
  'an action that there is not': {
    file: withLine('leavers:\n  disabled: suspnd\n  returning: suspend\n  mising: report'),
    says: [
      ['4:13', '`leavers.disabled` is the text `suspnd`; it takes `ignore`, `report` or `suspend`.', 'Did you mean `suspend`?'],
      ['5:14', '`leavers.returning` is the text `suspend`; it takes `ignore`, `report` or `restore`.'],
      ['6:3', 'Unknown key `mising`.', 'Did you mean `missing`?'],
    ],
  },
  'leavers who cannot be told': {
    file: withLine('leavers:\n  missing: report\n  returning: restore'),
    says: [
      ['4:12', '`leavers.missing` needs `identity`.', 'Add `identity` with the unique field that is to hold the Entra id: without it, nobody can tell a deleted user from one who is out of scope.'],
      ['5:14', '`leavers.returning: restore` needs `leavers.marker`.', 'Add `marker` with a date field of your own: only records that have it are restored, not those that somebody suspended by hand.'],
    ],
    unseenBySchema: true,
  },
  'a rule for suspended beside an action, and a marker that every instance has': {
    file: withLine('leavers: { disabled: suspend, marker: address }\nfields:\n  suspended: { value: false }'),
    says: [
      ['3:39', 'The marker `address` is a field that every instance has for something else.', 'Name a date field that was added to your instance for this.'],
      ['5:3', '`suspended` cannot be written beside `leavers` with `disabled: suspend`.', 'Remove this, or the action under `leavers`: each would undo the other.'],
    ],
    unseenBySchema: true,
  },
  'a marker that something else writes': {
    file: withLine('leavers: { marker: left_on }\nfields:\n  left_on: employeeLeaveDateTime'),
    says: [['3:20', 'The marker `left_on` has a rule or is a key, which would overwrite it.', 'Name a date field that nothing else writes.']],
    unseenBySchema: true,
  },

  // limits and protect
  'limits in forms that there are not': {
    file: withLine('limits:\n  creates: 5 %\n  updates: -1\n  suspends: [5%, 10%]\n  restores: 1.5\n  shrinks: 1\n  shrink: nome'),
    says: [
      ['4:12', `\`limits.creates\` is the text \`5 %\`; ${limitTakes}`],
      ['5:12', `\`limits.updates\` is \`-1\`; ${limitTakes}`],
      ['6:13', `\`limits.suspends\` is a list; ${limitTakes}`],
      ['7:13', `\`limits.restores\` is \`1.5\`; ${limitTakes}`],
      ['8:3', 'Unknown key `shrinks`.', 'Did you mean `shrink`?'],
      ['9:11', `\`limits.shrink\` is the text \`nome\`; ${limitTakes}`],
    ],
  },
  'protected names that are none': {
    file: withLine('protect: [admin@example.com, " ", true]'),
    says: [
      ['3:30', '`protect[1]` is a blank text; it takes a list of user names, emails or values of sync keys.', blankHint],
      ['3:35', '`protect[2]` is `true`; it takes a list of user names, emails or values of sync keys.'],
    ],
  },

  // sync-keys
  'a sync key that is no list': {
    file: 'version: 1\nsync-keys: email\n',
    says: [['2:12', '`sync-keys` is the text `email`; it takes a list of Oomnitza fields, such as `[email]`.', 'Write `[email]`.']],
  },
  'no sync keys': {
    file: 'version: 1\nsync-keys: []\n',
    says: [['2:12', '`sync-keys` is an empty list; it takes a list of Oomnitza fields, such as `[email]`.']],
  },
  'a sync key that is a number, one that Oomnitza owns, and one twice': {
    file: 'version: 1\nsync-keys: [email, 5, user_id, email]\n',
    says: [
      ['2:20', '`sync-keys[1]` is `5`; it takes the name of an Oomnitza field.'],
      ['2:23', 'Oomnitza sets `user_id` by itself; a sync cannot write it.', 'Remove it, or name another field.'],
      ['2:32', 'The sync key `email` is listed already.', 'Keep the first of them.'],
    ],
  },
  'a sync key twice': {
    file: 'version: 1\nsync-keys:\n  - email\n  - username\n  - email\n',
    says: [['5:5', 'The sync key `email` is listed already.', 'Keep the first of them.']],
  },
  'a sync key without rule': {
    file: 'version: 1\nsync-keys: [employee_number]\n',
    says: [['2:13', 'The sync key `employee_number` has no rule.', 'Add `employee_number: <source path>` under `fields`.']],
    unseenBySchema: true,
  },
  'a misspelt sync key': {
    file: 'version: 1\nsync-keys: [emial]\n',
    says: [['2:13', 'The sync key `emial` has no rule.', 'Did you mean `email`?']],
    unseenBySchema: true,
  },
  'a sync key whose rule the user removed': {
    file: 'version: 1\nsync-keys: [email]\nfields:\n  email: null\n',
    says: [
      [
        '2:13',
        'The sync key `email` has no rule: line 4 removes it with `null`.',
        'Remove that line, or use another sync key.',
      ],
    ],
    unseenBySchema: true,
  },

  // What must be there
  'no preset and no rules': {
    file: 'version: 1\nsync-keys: [email]\npreset: none\ndefaults: {}\n',
    says: [
      ['1:1', 'Nothing gives `username` a value, and Oomnitza creates nobody without one.', 'Add `username: userPrincipalName` under `fields`.'],
      ['1:1', 'Nothing gives `role` a value, and Oomnitza creates nobody without one.', 'Add `role: 25` under `defaults`, or a rule under `fields`.'],
      ['2:13', 'The sync key `email` has no rule.', 'Add `email: mail` under `fields`.'],
    ],
    unseenBySchema: true,
  },
  'something missing beside other rules': {
    file: 'version: 1\npreset: none\nsync-keys: [employee_no]\nfields:\n  employee_no: employeeId\n  username: userPrincipalName\n',
    says: [['4:1', 'Nothing gives `email` a value, and Oomnitza creates nobody without one.', 'Add `email: mail` under `fields`.']],
    unseenBySchema: true,
  },
  'username removed': {
    file: withRule('username: null'),
    says: [['4:13', 'Nothing gives `username` a value, and Oomnitza creates nobody without one.', 'Write a rule instead of `null`.']],
    unseenBySchema: true,
  },
  'a rule that was forgotten': {
    file: withRule('username:'),
    says: [['4:3', 'Nothing gives `username` a value, and Oomnitza creates nobody without one.', 'Write a rule instead of `null`.']],
    unseenBySchema: true,
  },
  'create-only needs it too': {
    file: withLine('preference: create-only\ndefaults: { position: Employee }'),
    says: [
      ['1:1', 'Nothing gives `role` a value, and Oomnitza creates nobody without one.', 'Add `role: 25` under `defaults`, or a rule under `fields`.'],
    ],
    unseenBySchema: true,
  },

  // defaults
  'defaults without content': {
    file: withLine('defaults:'),
    says: [['3:1', '`defaults` is empty; it takes a mapping of Oomnitza fields to values.', blankHint]],
  },
  'a default that is a list': {
    file: withLine('defaults: { role: [25] }'),
    says: [['3:19', `\`defaults.role\` is a list; ${constantTakes}`]],
  },
  'a default for a field that Oomnitza owns': {
    file: withLine('defaults: { role: 25, uid: 7 }'),
    says: [['3:23', 'Oomnitza sets `uid` by itself; a sync cannot write it.', 'Remove it, or name another field.']],
  },

  // fields
  'fields that are a list': {
    file: withLine('fields: [mail]'),
    says: [['3:9', '`fields` is a list; it takes a mapping of Oomnitza fields to rules.']],
  },
  'null for a field that the preset does not have': {
    file: withRule('last_nam: null'),
    says: [['4:13', '`last_nam: null` removes a rule of the preset, which has none for it.', 'Did you mean `last_name`?']],
    unseenBySchema: true,
  },
  'null without a preset': {
    file: 'version: 1\nsync-keys: [email]\npreset: none\nfields: { email: mail, username: mail, office: ~ }\n',
    says: [['4:48', '`office: null` removes a rule of the preset, which has none for it.', 'Remove the line, or write a rule.']],
    unseenBySchema: true,
  },
  'a field with white space around it': {
    file: withRule('" office": city'),
    says: [
      [
        '4:3',
        '` office` is neither name nor label of an Oomnitza field.',
        "Write the field's name in Oomnitza's API, such as `cost_center`, or its label, such as `Cost Center`, without white space around it.",
      ],
    ],
  },
  'a field without a name': {
    file: withRule('"": city'),
    says: [
      [
        '4:3',
        '`` is neither name nor label of an Oomnitza field.',
        "Write the field's name in Oomnitza's API, such as `cost_center`, or its label, such as `Cost Center`, without white space around it.",
      ],
    ],
  },
  ...Object.fromEntries(
    ['change_date', 'changed_by', 'created_by', 'creation_date', 'deleted', 'last_login_date', 'uid', 'user_id', 'version'].map((field) => [
      `a rule for ${field}`,
      {
        file: withRule(`${field}: mail`),
        says: [['4:3', `Oomnitza sets \`${field}\` by itself; a sync cannot write it.`, 'Remove it, or name another field.']],
      } satisfies WrongFile,
    ]),
  ),
  'a constant without value': {
    file: withRule('floor: 3'),
    says: [['4:10', `\`fields.floor\` is \`3\`; ${ruleTakes}`, 'A constant is written `{ value: 3 }`.']],
  },
  'a constant role without value': {
    file: withRule('role: 25'),
    says: [['4:9', `\`fields.role\` is \`25\`; ${ruleTakes}`, 'A constant is written `{ value: 25, apply: on-create }`.']],
  },
  'both source and value': {
    file: withRule('office: { value: x, source: city }'),
    says: [['4:20', 'A rule has one of `source`, `value` and `expression`; this has `source` and `value`.', 'Keep one of them. For a value where the source is empty, write `default`.']],
  },
  'neither source nor value': {
    file: withRule('office: { default: Remote }'),
    says: [['4:3', 'The rule has none of `source`, `value` and `expression`.', 'Add `source` with a source path, `value` with a constant, or `expression`.']],
  },
  'an empty rule': {
    file: withRule('office: {}'),
    says: [['4:3', 'The rule has none of `source`, `value` and `expression`.', 'Add `source` with a source path, `value` with a constant, or `expression`.']],
  },
  'a source that is a mapping': {
    file: withRule('office: { source: { a: b } }'),
    says: [['4:21', '`fields.office.source` is a mapping; it takes a source path, or a list of them.']],
  },
  'a source that is empty': {
    file: withRule('office: { source: [], default: x }'),
    says: [['4:21', '`fields.office.source` is an empty list; it takes a source path, or a list of them.']],
  },
  'a list of no paths': {
    file: withRule('office: []'),
    says: [['4:11', '`fields.office` is an empty list; it takes a source path, or a list of them.']],
  },
  'a list with something that is no path': {
    file: withRule('office: [city, 5, ~, "a-b"]'),
    says: [
      ['4:18', '`fields.office[1]` is `5`; it takes a source path, such as `mail`.'],
      ['4:21', '`fields.office[2]` is empty; it takes a source path, such as `mail`.', blankHint],
      ['4:26', 'The source path `a-b` goes wrong at `-b`.', pathHint],
    ],
  },
  'a blank value': {
    file: withRule('office: { value: "" }'),
    says: [['4:20', `\`fields.office.value\` is a blank text; ${constantTakes}`, blankHint]],
  },
  'a value that its converters refuse': {
    file: withRule('office: { value: Monday, convert: [lowercase, epoch_seconds] }'),
    unseenBySchema: true,
    says: [['4:20', '`epoch_seconds` takes a date such as `2024-02-29` or `2024-02-29T13:45:10Z`.', 'Correct the value, or the converters.']],
  },
  'a source that is an object': {
    file: withRule('office: employeeOrgData'),
    unseenBySchema: true,
    says: [['4:11', '`employeeOrgData` is an object, which no field can hold.', 'Name one of its properties, such as `employeeOrgData.costCenter`.']],
  },
  'a source that is a list of objects': {
    file: withRule('office: [mail, assignedLicenses]'),
    unseenBySchema: true,
    says: [['4:18', '`assignedLicenses` is a list of objects, which no field can hold.', 'Name one of its properties, such as `assignedLicenses[0].disabledPlans`.']],
  },
  'a source that starts at user': {
    file: withRule('office: user.city'),
    unseenBySchema: true,
    says: [['4:11', 'A source path starts at the user itself.', 'Write `city`.']],
  },
  'a source that is an expression': {
    file: withRule(`office: user.city + "'"`),
    says: [['4:20', 'The source path `user.city + "\'"` goes wrong at ` + "\'"`.', `Write \`{ expression: 'user.city + "''"' }\` for an expression, or a source path, such as \`mail\`.`]],
  },
  'a source with two letters that changed places': {
    file: withRule('office: mial'),
    unseenBySchema: true,
    says: [['4:11', 'A user in Microsoft Graph has no property `mial`.', 'Did you mean `mail`?']],
  },
  'a misspelt source in the style of an extension': {
    file: withRule('office: job_titel'),
    unseenBySchema: true,
    says: [['4:11', 'A user in Microsoft Graph has no property `job_titel`.', 'Did you mean `jobTitle`?']],
  },
  'an empty default': {
    file: withRule('office: { source: city, default: }'),
    says: [['4:27', `\`fields.office.default\` is empty; ${constantTakes}`, blankHint]],
  },
  'a default that is a mapping': {
    file: withRule('office: { source: city, default: {} }'),
    says: [['4:36', `\`fields.office.default\` is an empty mapping; ${constantTakes}`]],
  },
  'a misspelt apply': {
    file: withRule('office: { source: city, apply: on_create }'),
    says: [['4:34', '`fields.office.apply` is the text `on_create`; it takes `always`, `on-create` or `if-empty`.', 'Did you mean `on-create`?']],
  },
  'a wrong when-empty': {
    file: withRule('office: { source: city, when-empty: delete }'),
    says: [['4:39', '`fields.office.when-empty` is the text `delete`; it takes `keep` or `clear`.']],
  },
  'required in quotes': {
    file: withRule("office: { source: city, required: 'false' }"),
    says: [['4:37', '`fields.office.required` is the text `false`; it takes `true` or `false`.', 'Write `false`, without quotes.']],
  },
  'clear with default': {
    file: withRule('office: { source: city, when-empty: clear, default: x }'),
    says: [['4:39', '`when-empty: clear` cannot stand beside `default`.', 'Remove `when-empty`, or what stands beside it.']],
  },
  'clear with on-create': {
    file: withRule('office: { source: city, when-empty: clear, apply: on-create }'),
    says: [['4:39', '`when-empty: clear` cannot stand beside `apply: on-create`.', 'Remove `when-empty`, or what stands beside it.']],
  },
  'clear with if-empty and default, in a rule that is wrong elsewhere too': {
    file: withRule('office: { source: city, when-empty: clear, apply: if-empty, default: x, required: 1 }'),
    says: [
      ['4:39', '`when-empty: clear` cannot stand beside `default` and `apply: if-empty`.', 'Remove `when-empty`, or what stands beside it.'],
      ['4:85', '`fields.office.required` is `1`; it takes `true` or `false`.'],
    ],
  },
  'a short rule for role': {
    file: withRule('role: jobTitle'),
    says: [
      [
        '4:3',
        'The rule for `role` must state `apply`: by default it would demote administrators to the role it gives.',
        'Write `role: { source: jobTitle, apply: on-create }`, or `apply: always` if that is what you want.',
      ],
    ],
  },
  'a list of paths for role': {
    file: withRule('role: [employeeType, jobTitle]'),
    says: [
      [
        '4:3',
        'The rule for `role` must state `apply`: by default it would demote administrators to the role it gives.',
        'Write `apply: on-create`, or `apply: always` if that is what you want.',
      ],
    ],
  },
  'a rule for role without apply': {
    file: withRule('role: { value: 31 }'),
    says: [
      [
        '4:3',
        'The rule for `role` must state `apply`: by default it would demote administrators to the role it gives.',
        'Write `apply: on-create`, or `apply: always` if that is what you want.',
      ],
    ],
  },

  // Source paths
  'a path with a space': {
    file: withRule('office: office location'),
    says: [['4:17', 'The source path `office location` goes wrong at ` location`.', pathHint]],
  },
  'a path that starts with a digit': {
    file: withRule('office: 1st'),
    says: [['4:11', 'The source path `1st` goes wrong at `1st`.', pathHint]],
  },
  'a path that ends in a dot': {
    file: withRule('office: "city."'),
    says: [['4:16', 'The source path `city.` goes wrong at `.`.', pathHint]],
  },
  'a path with an index that is no number': {
    file: withRule('phone: { source: [mobilePhone, "businessPhones[x]"] }'),
    says: [['4:49', 'The source path `businessPhones[x]` goes wrong at `[x]`.', pathHint]],
  },
  'a path written with an escape': {
    file: withRule('office: "ci\\x74y-name"'),
    says: [['4:19', 'The source path `city-name` goes wrong at `-name`.', pathHint]],
  },
  'a path over several lines': {
    file: withRule('office: |\n    city name'),
    says: [['5:9', 'The source path `city name\\u{a}` goes wrong at ` name\\u{a}`.', pathHint]],
  },
  'a blank path': {
    file: withRule('office: ""'),
    says: [['4:11', 'A source path cannot be blank.', pathHint]],
  },
  'a relationship': {
    file: withRule('boss: { source: sponsors.mail }'),
    says: [
      [
        '4:19',
        '`sponsors` is a relationship, which Microsoft Graph does not return in a list of users.',
        'Use a property of the user itself.',
      ],
    ],
  },
  'a relationship with an index': {
    file: withRule('group: "memberOf[0]"'),
    says: [
      [
        '4:11',
        '`memberOf` is a relationship, which Microsoft Graph does not return in a list of users.',
        'Use `groups`, the ids of those `source.groups` that hold the user.',
      ],
    ],
  },
  'hireDate': {
    file: withRule('start_date: hireDate'),
    says: [['4:15', 'Microsoft Graph does not return `hireDate` in a list of users.', 'Use `employeeHireDate`.']],
  },
  ...Object.fromEntries(
    [
      'aboutMe',
      'birthday',
      'interests',
      'mailboxSettings',
      'mySite',
      'pastProjects',
      'preferredName',
      'responsibilities',
      'schools',
      'skills',
    ].map((property) => [
      property,
      {
        file: withRule(`office: ${property}`),
        says: [['4:11', `Microsoft Graph does not return \`${property}\` in a list of users.`, 'Use another property.']],
      } satisfies WrongFile,
    ]),
  ),

  'everything that is wrong, in the order of the file': {
    file: 'enabled: on\nsync-keys: [office]\nfields:\n  role: jobTitle\n  office: null\n  floor: "a b"\nleaves: x\n',
    says: [
      ['1:1', '`version` is missing.', 'It takes the number `1`.'],
      ['1:10', '`enabled` is the text `on`; it takes `true` or `false`.', 'Write `true`, without quotes.'],
      [
        '2:13',
        'The sync key `office` has no rule: line 5 removes it with `null`.',
        'Remove that line, or use another sync key.',
      ],
      [
        '4:3',
        'The rule for `role` must state `apply`: by default it would demote administrators to the role it gives.',
        'Write `role: { source: jobTitle, apply: on-create }`, or `apply: always` if that is what you want.',
      ],
      ['5:11', '`office: null` removes a rule of the preset, which has none for it.', 'Remove the line, or write a rule.'],
      ['6:12', 'The source path `a b` goes wrong at ` b`.', pathHint],
      ['7:1', 'Unknown key `leaves`.', 'Did you mean `leavers`?'],
    ],
  },
};
