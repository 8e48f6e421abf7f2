import { stringify } from 'csv-stringify/sync';
import { byCodePoint, textOf } from '../field-value.ts';
import { actions, isWrite } from '../plan/index.ts';
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

/** The library holds every row it is given several times over, so it gets a few at a time. */
const rowsAtATime = 2000;

interface Row {
  readonly rank: number;
  readonly name: string;
  readonly entry: PlanEntry;
  readonly change: FieldChange | null;
}

/**
 * `changes.csv`: the plan and what became of it, a row per changed field and per finding.
 * @param plan - `null` where none was computed: the header alone
 */
export function renderCsv(plan: Plan | null, results: WriteResults): string {
  const rows = sortedRows(plan?.entries ?? []);
  let text = stringify([], { ...format, columns, header: true, bom: true });
  for (let start = 0; start < rows.length; start += rowsAtATime) {
    const cells = rows.slice(start, start + rowsAtATime).map((row) => cellsOf(row, results).map(forCsv));
    text += stringify(cells, format);
  }
  return text;
}

function sortedRows(entries: readonly PlanEntry[]): Row[] {
  const rows: Row[] = [];
  for (const entry of entries) {
    const rank = actions.indexOf(entry.action);
    const name = entry.userPrincipalName?.toLowerCase() ?? '';
    const shown = isWrite(entry) || isLeftOutField(entry) ? entry.fields : [];
    if (shown.length === 0) rows.push({ rank, name, entry, change: null });
    for (const change of shown) rows.push({ rank, name, entry, change });
  }
  return rows.sort(inOrder);
}

function inOrder(left: Row, right: Row): number {
  return (
    left.rank - right.rank ||
    byCodePoint(left.name, right.name) ||
    byCodePoint(left.entry.oomnitzaId ?? '', right.entry.oomnitzaId ?? '') ||
    byCodePoint(left.change?.field ?? '', right.change?.field ?? '')
  );
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
