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

/** What {@link fieldNameFault} accepts, as one regular expression. */
export const fieldNamePattern = new RegExp(
  String.raw`^(?!(?:__proto__|${[...ownedByOomnitza].join('|')})$)\S(?:.*\S)?$`,
);

/** Why a sync file cannot write the field `name`; whether an instance has it is known only there. */
export function fieldNameFault(name: string): Fault | undefined {
  if (fieldNamePattern.test(name)) return undefined;
  if (ownedByOomnitza.has(name)) {
    return {
      message: `Oomnitza sets ${shown(name)} by itself; a sync cannot write it.`,
      hint: 'Remove it, or name another field.',
    };
  }
  return {
    message: `${shown(name)} is no name of an Oomnitza field.`,
    hint: "Write the field's name in Oomnitza's API, such as `first_name`, without white space around it.",
  };
}
