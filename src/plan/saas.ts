import { assignmentField } from '../config/index.ts';
import { byCodePoint } from '../field-value.ts';
import type { DesiredRecord } from '../mapping/index.ts';
import type { CurrentRecord } from '../oomnitza/index.ts';
import type { FieldStory } from './explain.ts';
import type { FieldChange, PlanEntry, SaasAssignment } from './plan.ts';

/** The SaaS application that people are assigned to. */
export interface SaasBasis {
  readonly application: string;
  /** Ids of the records (`user_id`) that are assigned already. Whatever is stored with them, they are left alone. */
  readonly assigned: ReadonlySet<string>;
}

/** An assignment that a change is to make, or why it cannot be made. */
export type Assigning = { readonly assignment: SaasAssignment; readonly fault?: never } | { readonly assignment?: never; readonly fault: string };

/**
 * @param record the one that the user found, if any
 * @returns `undefined` where there is nothing to assign
 */
export function assigningOf(saas: SaasBasis | undefined, { externalId }: DesiredRecord, record: CurrentRecord | undefined): Assigning | undefined {
  if (saas === undefined || externalId === undefined || isAssigned(saas, record)) return undefined;
  // Whoever is assigned is left alone from then on, so that an id which is missing now would be missing for good.
  if ('fault' in externalId) return { fault: `the person is not assigned to the SaaS application, since there is no external id: ${externalId.fault}` };
  return { assignment: { application: saas.application, externalId: externalId.text } };
}

/** The fields of a change with the assignment among them, and what a writer needs for it. */
export function withAssignment(fields: readonly FieldChange[], assigning: Assigning | undefined): Pick<PlanEntry, 'fields' | 'saas'> {
  const saas = assigning?.assignment;
  if (saas === undefined) return { fields };
  return { fields: [...fields, { field: assignmentField, before: null, after: textOfAssignment(saas) }].sort((left, right) => byCodePoint(left.field, right.field)), saas };
}

/** The part of a finding that tells of an assignment left out. */
export const assignmentLeftOut = { fields: [{ field: assignmentField, before: null, after: null }] } as const satisfies Pick<PlanEntry, 'fields'>;

/** What becomes of the assignment, for somebody who asks why. */
export function assignmentStories(saas: SaasBasis | undefined, user: DesiredRecord, record: CurrentRecord | undefined): readonly FieldStory[] {
  if (saas === undefined) return [];
  if (isAssigned(saas, record)) return [{ field: assignmentField, before: saas.application, after: saas.application, verdict: 'left alone, since the person is assigned already' }];
  const assigning = assigningOf(saas, user, record);
  if (assigning?.assignment === undefined) return [{ field: assignmentField, before: null, after: null, verdict: `not usable: ${assigning?.fault ?? ''}` }];
  return [{ field: assignmentField, before: null, after: textOfAssignment(assigning.assignment), verdict: record === undefined ? 'assigned, once the record is there' : 'assigned' }];
}

function isAssigned({ assigned }: SaasBasis, record: CurrentRecord | undefined): boolean {
  return record !== undefined && assigned.has(record.userId);
}

function textOfAssignment({ application, externalId }: SaasAssignment): string {
  return `${application} (external id ${externalId})`;
}
