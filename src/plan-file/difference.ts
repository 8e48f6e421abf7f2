import type { FieldValue } from '../field-value.ts';
import { isWrite, type PlanEntry } from '../plan/index.ts';

/** What two plans can be compared by, and whom it is about. */
export type ComparedEntry = Pick<PlanEntry, 'action' | 'entraId' | 'userPrincipalName' | 'oomnitzaId' | 'syncKey' | 'fields'>;

export interface ValueChange {
  readonly before: FieldValue;
  readonly after: FieldValue;
}

/** A changed field in which two plans differ. */
export interface FieldDifference {
  /** Of the plan that has it, of the new one where both do. */
  readonly entry: ComparedEntry;
  readonly field: string;
  /** `undefined` where the expected plan does not have it. */
  readonly expected: ValueChange | undefined;
  /** `undefined` where the new plan does not have it. */
  readonly planned: ValueChange | undefined;
}

/** In what a plan is not the expected one, field by field. */
export interface PlanDifference {
  readonly added: readonly FieldDifference[];
  readonly gone: readonly FieldDifference[];
  /** The same field of the same record, with another value before or after. */
  readonly changed: readonly FieldDifference[];
}

interface Row {
  readonly entry: ComparedEntry;
  readonly field: string;
  readonly values: ValueChange;
}

/** Compares what two plans would write by what goes into a digest: equal digests, no difference. */
export function differenceOf(expected: Iterable<ComparedEntry>, planned: Iterable<ComparedEntry>): PlanDifference {
  const [left, right] = [rowsOf(expected), rowsOf(planned)];
  const added: FieldDifference[] = [];
  const gone: FieldDifference[] = [];
  const changed: FieldDifference[] = [];
  for (const [place, rows] of right) {
    const { ours, theirs } = withoutEqual(left.get(place) ?? [], rows);
    theirs.forEach(({ entry, field, values }, index) => {
      const other = ours[index];
      if (other === undefined) added.push({ entry, field, expected: undefined, planned: values });
      else changed.push({ entry, field, expected: other.values, planned: values });
    });
    left.set(place, ours.slice(theirs.length));
  }
  for (const { entry, field, values } of [...left.values()].flat()) gone.push({ entry, field, expected: values, planned: undefined });
  return { added, gone, changed };
}

/** By action, record and field: there is one row of each, unless two people to create have the same key. */
function rowsOf(entries: Iterable<ComparedEntry>): Map<string, Row[]> {
  const rows = new Map<string, Row[]>();
  for (const entry of entries) {
    if (!isWrite(entry)) continue;
    for (const { field, before, after } of entry.fields) {
      const place = JSON.stringify([entry.action, entry.oomnitzaId ?? entry.syncKey, field]);
      const row = { entry, field, values: { before, after } };
      const others = rows.get(place);
      if (others === undefined) rows.set(place, [row]);
      else others.push(row);
    }
  }
  return rows;
}

function withoutEqual(ours: readonly Row[], theirs: readonly Row[]): { readonly ours: Row[]; readonly theirs: Row[] } {
  const left = [...ours];
  const right = theirs.filter(({ values }) => {
    const equal = left.findIndex((row) => row.values.before === values.before && row.values.after === values.after);
    if (equal !== -1) left.splice(equal, 1);
    return equal === -1;
  });
  return { ours: left, theirs: right };
}
