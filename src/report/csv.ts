import { stringify } from 'csv-stringify/sync';
import { byCodePoint, textOf } from '../field-value.ts';
import { isWrite } from '../plan/index.ts';
import type { FieldChange, Plan, PlanEntry } from '../plan/index.ts';
import { forCsv } from './escape.ts';
import type { WriteResults } from './report.ts';
import { isLeftOutField, messageOf, statusOf } from './status.ts';

const columns = [
  'action',
  'status',
  'reason',
  'entra_id',
  'user_principal_name',
  'oomnitza_id',
  'sync_key',
  'field',
  'before',
  'after',
  'message',
];

/** With its own delimiter between rows the library no longer quotes single line ends, which many readers split at. */
const format = { record_delimiter: '\r\n', quoted_match: /[\r\n]/, eof: true };

/** The library holds every row it is given several times over: so few at a time are garbage before they are old, which halves its time. */
const rowsAtATime = 100;

interface Row {
  readonly entry: PlanEntry;
  readonly change: FieldChange | null;
}

/**
 * `changes.csv`: the plan and what became of it, a row per changed field and per finding, in pieces that together are the
 * file.
 * @param plan - `null` where none was computed: the header alone
 */
export function* renderCsv(plan: Plan | null, results: WriteResults): Generator<string> {
  yield stringify([], { ...format, columns, header: true, bom: true });
  let cells: (string | null)[][] = [];
  for (const row of sortedRows(plan?.entries ?? [])) {
    cells.push(cellsOf(row, results).map((cell) => (cell === '' ? null : forCsv(cell))));
    if (cells.length < rowsAtATime) continue;
    yield stringify(cells, format);
    cells = [];
  }
  if (cells.length > 0) yield stringify(cells, format);
}

/** A plan is sorted by action, name and Oomnitza id, so what is left is to sort the fields of each person. */
function* sortedRows(entries: readonly PlanEntry[]): Generator<Row> {
  let rows: Row[] = [];
  let last: PlanEntry | undefined;
  for (const entry of entries) {
    if (last !== undefined && !isAlike(last, entry)) {
      yield* rows.sort(byField);
      rows = [];
    }
    last = entry;
    const shown = isWrite(entry) || isLeftOutField(entry) ? entry.fields : [];
    if (shown.length === 0) rows.push({ entry, change: null });
    for (const change of shown) rows.push({ entry, change });
  }
  yield* rows.sort(byField);
}

function isAlike(left: PlanEntry, right: PlanEntry): boolean {
  return (
    left.action === right.action &&
    left.userPrincipalName?.toLowerCase() === right.userPrincipalName?.toLowerCase() &&
    left.oomnitzaId === right.oomnitzaId
  );
}

function byField(left: Row, right: Row): number {
  return byCodePoint(left.change?.field ?? '', right.change?.field ?? '');
}

function cellsOf({ entry, change }: Row, results: WriteResults): string[] {
  return [
    entry.action,
    statusOf(entry, results),
    entry.reason ?? '',
    entry.entraId ?? '',
    entry.userPrincipalName ?? '',
    entry.oomnitzaId ?? '',
    entry.syncKey ?? '',
    change?.field ?? '',
    textOf(change?.before ?? null),
    textOf(change?.after ?? null),
    messageOf(entry, results),
  ];
}
