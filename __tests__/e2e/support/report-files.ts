import { isRecord } from '../../../sandbox/http/exchange.ts';
import type { RunResult } from '../../../sandbox/runner.ts';
import { readCsv } from '../../report/rfc4180.ts';

/** A row of `changes.csv` by the names of its columns. */
export type CsvRow = Readonly<Record<string, string>>;

/** The rows of `changes.csv` below the header. */
export function csvRowsOf(run: RunResult): CsvRow[] {
  const text = run.file('changes.csv');
  if (!text.startsWith('\uFEFF')) throw new Error('changes.csv has no byte order mark');
  const [header = [], ...rows] = readCsv(text.slice(1));
  return rows.map((row) => Object.fromEntries(header.map((name, column) => [name, row[column] ?? ''])));
}

/** How many rows of `changes.csv` have each status. */
export function statusesOf(run: RunResult): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status = '' } of csvRowsOf(run)) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** One element of `changes` in `plan.json`. */
export interface PlannedChange {
  readonly action: string;
  readonly userPrincipalName: string;
  readonly syncKey: string;
  readonly fields: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[];
  readonly status: string;
  readonly reason: string | null;
  readonly message: string;
}

interface PlanFile {
  readonly digest: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly changes: readonly PlannedChange[];
}

/** The content of `plan.json`. */
export function planOf(run: RunResult): PlanFile {
  const plan: unknown = JSON.parse(run.file('plan.json'));
  if (!isPlanFile(plan)) throw new Error('plan.json has another shape than the contract says');
  return plan;
}

function isPlanFile(plan: unknown): plan is PlanFile {
  if (!isRecord(plan) || plan['version'] !== 1 || typeof plan['digest'] !== 'string') return false;
  const { counts, changes } = plan;
  return isRecord(counts) && Object.values(counts).every((count) => typeof count === 'number') && Array.isArray(changes) && changes.every(isPlannedChange);
}

function isPlannedChange(change: unknown): boolean {
  return isRecord(change) && typeof change['action'] === 'string' && typeof change['status'] === 'string' && Array.isArray(change['fields']);
}

/** The findings of a plan in short: `conflict duplicate-target ada@contoso.com`. */
export function findingsOf(run: RunResult): string[] {
  return planOf(run)
    .changes.filter(({ reason }) => reason !== null)
    .map(({ action, reason, userPrincipalName }) => `${action} ${reason ?? ''} ${userPrincipalName}`);
}
