import { isEmpty, textOf, type FieldValue } from '../field-value.ts';
import { forTerminal } from '../report/index.ts';
import type { RollbackRow } from './rollback.ts';

const maxWidth = 44;

/** A key with an id of Entra is longer than most values, and cut off it would name nobody. */
const widthOf = [80, maxWidth, maxWidth, 2 * maxWidth];

/** The rows as aligned columns, one line each, safe to print on a terminal. */
export function rollbackTable(rows: readonly RollbackRow[]): readonly string[] {
  const cells = [
    ['RECORD', 'FIELD', 'NOW', 'WILL BE'],
    ...rows.map(({ person, field, now, next }) => [person, field, now === undefined ? '' : shown(now), 'value' in next ? shown(next.value) : `left: ${next.left}`]),
  ].map((row) => row.map((cell, column) => forTerminal(cell, widthOf[column])));
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
}

function shown(value: FieldValue): string {
  if (isEmpty(value)) return 'empty';
  return typeof value === 'string' ? JSON.stringify(value) : textOf(value);
}
