import { byCodePoint } from '../field-value.ts';
import type { PlanEntry } from '../plan/index.ts';
import { forMermaid } from './escape.ts';

const maxSlices = 12;

/** How many of the entries change each field, the most frequent field first. */
export function countFields(entries: Iterable<Pick<PlanEntry, 'fields'>>): readonly (readonly [field: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    for (const { field } of entry.fields) counts.set(field, (counts.get(field) ?? 0) + 1);
  }
  return byCount(counts);
}

/** The largest count first. */
export function byCount(counts: ReadonlyMap<string, number>): readonly (readonly [name: string, count: number])[] {
  return [...counts].sort(([a, countA], [b, countB]) => countB - countA || byCodePoint(a, b));
}

/**
 * A Mermaid pie chart in a fenced block: the oldest of Mermaid's charts, and the one that also prints its numbers.
 * @param title - fixed words
 * @param counts - the largest first; what does not fit becomes one slice
 */
export function pieChart(title: string, counts: readonly (readonly [label: string, count: number])[]): string {
  const fits = counts.length <= maxSlices;
  const slices = new Map<string, number>();
  for (const [label, count] of fits ? counts : counts.slice(0, maxSlices - 1)) {
    slices.set(unused(forMermaid(label), slices), count);
  }
  if (!fits) {
    const rest = counts.slice(maxSlices - 1);
    slices.set(`${rest.length} other fields`, rest.reduce((sum, [, count]) => sum + count, 0));
  }
  const lines = Array.from(slices, ([label, count]) => `    "${label}" : ${count}`);
  return ['```mermaid', 'pie showData', `    title ${title}`, ...lines, '```'].join('\n');
}

/** Mermaid drops a slice whose label was there before. */
function unused(label: string, taken: ReadonlyMap<string, number>): string {
  let candidate = label;
  for (let number = 2; taken.has(candidate); number++) candidate = `${label} ${number}`;
  return candidate;
}
