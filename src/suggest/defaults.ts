import { standardDefaults } from '../config/index.ts';
import { fittingOf, Misfit, type FieldOption, type InstanceField } from '../instance-field/index.ts';
import type { YamlValue } from '../yaml-text.ts';

/** What new people get where no rule gives anything. */
export interface SuggestedDefaults {
  /** Without a role where the instance does not take the usual one and none of its roles is called so. */
  readonly values: Readonly<Record<string, YamlValue>>;
  /** The roles to choose from where none is among the values. */
  readonly roles: readonly FieldOption[];
  readonly roleIsEditable: boolean;
}

/** The usual values, as far as the instance takes them. */
export function defaultsFor(fields: ReadonlyMap<string, InstanceField>): SuggestedDefaults {
  const described = fields.get('role');
  const role = roleIn(described);
  const position = fields.get('position');
  const takesPosition = position?.editable === true && !(fittingOf(position).fit(standardDefaults.position) instanceof Misfit);
  return {
    values: { ...(role === undefined ? {} : { role }), ...(takesPosition ? { position: standardDefaults.position } : {}) },
    roles: role === undefined ? (described?.options ?? []) : [],
    roleIsEditable: described?.editable ?? true,
  };
}

/** 25 is the role Employee; where it is another number, its label tells. */
function roleIn(field: InstanceField | undefined): string | number | undefined {
  if (field === undefined || !(fittingOf(field).fit(standardDefaults.role) instanceof Misfit)) return standardDefaults.role;
  return field.options.find(({ label }) => label.trim().toLowerCase() === 'employee')?.key;
}
