import { z } from 'zod';
import { constant } from './constant.ts';
import { expressionSchema } from './expression-schema.ts';
import { report } from './fault.ts';
import { limitsSchema } from './limits.ts';
import { strictMapping } from './mapping-schema.ts';
import { fieldNameFault, fieldNamePattern } from './oomnitza-fields.ts';
import { presetNames, standardDefaults } from './presets.ts';
import { fieldRule } from './rule-schema.ts';
import { saasSchema } from './saas-schema.ts';
import { sourceKinds, type LeaverAction, type Preference, type ReturningAction } from './sync-file.ts';
import { listed } from './wording.ts';

/*
 * The definition of the sync file: validates, and yields the JSON Schema. `error` is what the place takes, for the
 * sentence "`x` is …; it takes …".
 */

const fieldName = z
  .string({ error: 'the name of an Oomnitza field' })
  .superRefine((name, context) => {
    const fault = fieldNameFault(name);
    if (fault !== undefined) report(context, fault);
  })
  .meta({ id: 'field-name', description: 'An Oomnitza field: its name, as the API writes it, or its label.', pattern: fieldNamePattern.source });

const trueOrFalse = '`true` or `false`';
const filterTakes = 'a Microsoft Graph filter, such as `accountEnabled eq true`';
const groupTakes = 'the object id of a group, such as `8a9c3f10-5b7d-4e21-9c66-0f2d7b1e4a35`';
const groupsTakes = 'a list of object ids of groups';
const minUsersTakes = 'a whole number, 0 or more';
const sourceTakes = `a mapping of ${listed(['kind', 'filter', 'groups', 'min-users'])}`;
const conditionTakes = 'a condition in CEL, such as `user.userType != "Guest"`';
const scopeTakes = `${conditionTakes}, or a list of them`;
const syncKeysTakes = 'a list of Oomnitza fields, such as `[email]`';
const protectTakes = 'a list of user names, emails or values of sync keys';
const leaverActions = ['ignore', 'report', 'suspend'] as const satisfies readonly LeaverAction[];
const returningActions = ['ignore', 'report', 'restore'] as const satisfies readonly ReturningAction[];
const preferences = ['create-and-update', 'create-only', 'update-only'] as const satisfies readonly Preference[];

const groupId = z
  .string({ error: groupTakes })
  .regex(/^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/, { error: groupTakes })
  .transform((id) => id.toLowerCase());

const source = strictMapping(
  {
    kind: z
      .enum(sourceKinds, { error: listed(sourceKinds, 'or') })
      .default('entra')
      .describe('`entra`: the users of Microsoft Entra. `intune`: only those who have a device that Intune manages; `devices` are theirs.'),
    filter: z
      .string({ error: filterTakes })
      .regex(/\S/, { error: filterTakes })
      .optional()
      .describe('Microsoft Graph `$filter`, evaluated by Graph: only the users it matches are read. Without it, all are.')
      .meta({ examples: ['accountEnabled eq true', "accountEnabled eq true and department eq 'IT'"] }),
    groups: z
      .array(groupId, { error: groupsTakes })
      .min(1, { error: groupsTakes })
      .optional()
      .describe('Object ids of groups: only their members are read, those of nested groups too; of several groups, whoever is in one of them.')
      .meta({ uniqueItems: true, examples: [['8a9c3f10-5b7d-4e21-9c66-0f2d7b1e4a35']] }),
    'min-users': z
      .int({ error: minUsersTakes })
      .min(0, { error: minUsersTakes })
      .default(1)
      .describe('Fewer users read than this fail the run with `directory-incomplete`. 0 allows an empty directory.'),
  },
  sourceTakes,
);

const syncKeys = z
  .array(fieldName, { error: syncKeysTakes })
  .min(1, { error: syncKeysTakes })
  .meta({ uniqueItems: true });

const condition = expressionSchema('condition', conditionTakes);

const scope = z
  .union([condition.transform((one) => [one]), z.array(condition, { error: scopeTakes }).min(1, { error: scopeTakes })], { error: scopeTakes })
  .default([])
  .meta({ examples: ['user.userType != "Guest"', ['user.accountEnabled', 'user.department != "Service"']] });

const leavers = strictMapping(
  {
    disabled: z
      .enum(leaverActions, { error: listed(leaverActions, 'or') })
      .default('report')
      .describe('Users whose account is disabled: `report` tells of them, `suspend` suspends their records, `ignore` does neither and creates them like all others.'),
    missing: z
      .enum(leaverActions, { error: listed(leaverActions, 'or') })
      .optional()
      .describe('Records whose user was deleted from the directory: `report`, `suspend` or `ignore`. Needs `identity`; `report` with one, else `ignore`.'),
    returning: z
      .enum(returningActions, { error: listed(returningActions, 'or') })
      .default('ignore')
      .describe('Enabled users whose record is suspended: `report` tells of them, `restore` ends the suspension of records that have the marker.'),
    marker: fieldName.optional().describe('Date field of your own: set when the sync suspends a record, cleared when it restores it.').meta({ examples: ['left_on'] }),
  },
  `a mapping of ${listed(['disabled', 'missing', 'returning', 'marker'])}`,
);

const protectedName = z.union([z.string({ error: protectTakes }).regex(/\S/, { error: protectTakes }), z.number({ error: protectTakes })], { error: protectTakes });

/** Only on a key that stands in the file, since a missing `role` may have its value in `defaults`. */
const roleStatesApply = { properties: { role: { anyOf: [{ type: 'null' }, { type: 'object', required: ['apply'] }] } } };

const fields = z
  .record(fieldName, fieldRule, { error: 'a mapping of Oomnitza fields to rules' })
  .meta({ allOf: [roleStatesApply] });

/** The sync file. What needs several of its parts at once, or the presets, is checked in `mapping-checks.ts`. */
export const syncFileSchema = strictMapping(
  {
    version: z
      .literal(1, { error: 'the number `1`' })
      .describe('Version of this format.'),
    enabled: z
      .boolean({ error: trueOrFalse })
      .default(true)
      .describe('`false` ends each run at once with success and no changes.'),
    source: source.prefault({}).describe('Which directory users are read.'),
    scope: scope.describe(
      'A condition in CEL over `user`, or a list of which all must hold: who is kept in step. Everybody else is left alone.',
    ),
    preset: z
      .enum(presetNames, { error: listed(presetNames, 'or') })
      .optional()
      .describe(
        'Rules laid under those in `fields`. `entra`: username, email, first_name, last_name, position, department, ' +
          'account_enabled and mail_nickname from the properties of the same meaning. `intune`: username, email, first_name, ' +
          'last_name, position, phone_number, display_name, office_location and microsoft_intune_user_id. `none`: no rules. ' +
          'Without it, the one that is called as `source.kind` is.',
      ),
    identity: fieldName
      .optional()
      .describe('Unique field that holds the Entra id, which the sync writes. It is the first key, and says whose a record is. Recommended.')
      .meta({ examples: ['entra_object_id'] }),
    'sync-keys': syncKeys
      .optional()
      .describe('Fields that find the record of a directory user, the most trusted first, after `identity`. Each needs a rule. Without `identity`, at least one.')
      .meta({ examples: [['email'], ['username', 'email']] }),
    preference: z
      .enum(preferences, { error: listed(preferences, 'or') })
      .default('create-and-update')
      .describe('Whether people are created, updated, or both.'),
    defaults: z
      .record(fieldName, constant, { error: 'a mapping of Oomnitza fields to values' })
      .default(standardDefaults)
      .describe(
        'Values for newly created people, where no rule gives one. Writing `defaults` replaces both; 25 is the role Employee.',
      ),
    fields: fields
      .prefault({})
      .describe('How each Oomnitza field gets its value, laid over the preset field by field.')
      .meta({
        examples: [
          {
            email: { source: ['mail', 'userPrincipalName'], required: true },
            cost_center: 'onPremisesExtensionAttributes.extensionAttribute3',
            mail_nickname: null,
          },
        ],
      }),
    leavers: leavers.prefault({}).describe('What becomes of the records of people who left.').meta({ examples: [{ disabled: 'suspend', marker: 'left_on' }] }),
    limits: limitsSchema
      .prefault({})
      .describe('How much one run may do. Beyond one of them nothing at all is written. A count, a percentage, a list of both of which either is enough, or `none`.')
      .meta({ examples: [{ creates: 20, suspends: ['2%', 10] }] }),
    protect: z
      .array(protectedName, { error: protectTakes })
      .default([])
      .describe('User names, emails, user principal names or values of sync keys of people who are never changed or suspended.')
      .meta({ uniqueItems: true, examples: [['admin@example.com']] }),
    saas: saasSchema
      .optional()
      .describe('A SaaS application of the instance that the people are assigned to as well, with the id that they have there.')
      .meta({ examples: [{ application: '12', 'external-id': 'id' }] }),
  },
  'a mapping that starts with `version: 1`',
).meta({ anyOf: [{ required: ['sync-keys'] }, { required: ['identity'] }] });

/** A sync file as written, defaults filled in. */
export type WrittenSyncFile = z.output<typeof syncFileSchema>;
