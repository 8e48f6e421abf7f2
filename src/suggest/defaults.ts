import { standardDefaults } from '../config/index.ts';
import { fittingOf, Misfit, type InstanceField } from '../instance-field/index.ts';
import type { YamlValue } from '../yaml-text.ts';

/** What new people get where no rule gives anything. */
export interface SuggestedDefaults {
  readonly values: Readonly<Record<string, YamlValue>>;
  /** The instance does not take the usual role, and none of its roles is called so. */
  readonly roleIsUnknown: boolean;
}

/** The usual values, as far as the instance takes them. */
export function defaultsFor(fields: ReadonlyMap<string, InstanceField>): SuggestedDefaults {
  const role = roleIn(fields.get('role'));
  const position = fields.get('position');
  const takesPosition = position?.editable === true && !(fittingOf(position).fit(standardDefaults.position) instanceof Misfit);
  return {
    values: { role: role ?? standardDefaults.role, ...(takesPosition ? { position: standardDefaults.position } : {}) },
    roleIsUnknown: role === undefined,
  };
}

/** 25 is the role Employee; where it is another number, its label tells. */
function roleIn(field: InstanceField | undefined): string | number | undefined {
  if (field === undefined || !(fittingOf(field).fit(standardDefaults.role) instanceof Misfit)) return standardDefaults.role;
  return field.options.find(({ label }) => label.trim().toLowerCase() === 'employee')?.key;
}
