import type { InstanceField } from '../instance-field/index.ts';
import type { InstanceFields } from './instance-fields.ts';
import { essentialFields, fieldNameFault } from './oomnitza-fields.ts';

/**
 * Fields of which the instance says that nobody is created without, and that nothing fills; those that every instance
 * demands are not among them, because a sync file is not valid without.
 *
 * @param filled names of the fields that a rule or a default fills
 */
export function unfilledFields(fields: InstanceFields, filled: Iterable<string>): readonly InstanceField[] {
  const others = new Set<string>([...essentialFields, ...filled]);
  return [...fields.values()].filter(({ name, required }) => required && !others.has(name) && fieldNameFault(name) === undefined);
}
