import type { WriteResult } from '../apply/index.ts';
import { isWrite } from '../plan/index.ts';
import type { PlanEntry } from '../plan/index.ts';
import { clip } from './escape.ts';
import type { WriteResults } from './report.ts';

const maxValue = 100;

/** The actions that write, in the order in which reports list them. */
export const writingActions = ['create', 'update', 'suspend', 'restore'] as const;
export type WritingAction = (typeof writingActions)[number];

/** Completes "was". */
export const participles: Readonly<Record<WritingAction, string>> = {
  create: 'created',
  update: 'updated',
  suspend: 'suspended',
  restore: 'restored',
};

/** The word of the column `status`. */
export type Status = 'planned' | WriteResult['status'];

/** A field that could not be used and was left out, while the person's other fields take part. */
export function isLeftOutField(entry: PlanEntry): boolean {
  return entry.action === 'skip' && entry.fields.length === 1;
}

/** What became of the entry; findings and changes that apply was not given stay `planned`. */
export function statusOf(entry: PlanEntry, results: WriteResults): Status {
  return isWrite(entry) ? (results.get(entry)?.status ?? 'planned') : 'planned';
}

/** Why the entry is what it is: what went wrong in writing it, else what the plan says. */
export function messageOf(entry: PlanEntry, results: WriteResults): string {
  const written = results.get(entry)?.message ?? '';
  return written === '' ? findingText(entry) : written;
}

/** What the plan says of an entry, with the value that it is about. */
export function findingText({ message, value }: PlanEntry): string {
  return value === undefined || value === null ? message : `${message}: ${JSON.stringify(typeof value === 'string' ? clip(value, maxValue) : value)}`;
}

/** How many results have each status. */
export interface WriteCounts {
  readonly applied: number;
  readonly failed: number;
  readonly notAttempted: number;
}

/** Counts what became of the changes; `failed` is the output `fail-count`. */
export function countWrites(results: WriteResults): WriteCounts {
  let applied = 0;
  let failed = 0;
  let notAttempted = 0;
  for (const { status } of results.values()) {
    if (status === 'applied') applied++;
    else if (status === 'failed') failed++;
    else notAttempted++;
  }
  return { applied, failed, notAttempted };
}
