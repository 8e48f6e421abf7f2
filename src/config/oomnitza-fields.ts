import type { Fault } from './fault.ts';
import { shown } from './wording.ts';

/** Fields that Oomnitza sets by itself; it takes no value for them from outside. */
const ownedByOomnitza: ReadonlySet<string> = new Set([
  'change_date',
  'changed_by',
  'created_by',
  'creation_date',
  'deleted',
  'last_login_date',
  'uid',
  'user_id',
  'version',
]);

/** Fields without which Oomnitza does not create a person. */
export const essentialFields = ['username', 'email', 'role'] as const;

/** Documented fields of every person, which an instance has whether its metadata names them or not. */
export const standardFields: readonly string[] = [
  'username',
  'full_name',
  'first_name',
  'last_name',
  'email',
  'suspended',
  'address',
  'phone_number',
  'position',
  'role',
  'external_id',
  'email_subscription',
];

/** Names in the API are small letters, digits and underscores; anything else can only be meant as a label. */
export function mayBeLabel(text: string): boolean {
  return !/^[a-z0-9_]+$/.test(text);
}

/** What {@link fieldNameFault} accepts, as one regular expression. */
export const fieldNamePattern = new RegExp(
  String.raw`^(?!(?:__proto__|${[...ownedByOomnitza].join('|')})$)\S(?:.*\S)?$`,
);

/** Why a sync file cannot write the field called `name`, or labelled so; whether an instance has it is known only there. */
export function fieldNameFault(name: string): Fault | undefined {
  if (fieldNamePattern.test(name)) return undefined;
  if (ownedByOomnitza.has(name)) {
    return {
      message: `Oomnitza sets ${shown(name)} by itself; a sync cannot write it.`,
      hint: 'Remove it, or name another field.',
    };
  }
  return {
    message: `${shown(name)} is neither name nor label of an Oomnitza field.`,
    hint: "Write the field's name in Oomnitza's API, such as `cost_center`, or its label, such as `Cost Center`, without white space around it.",
  };
}
