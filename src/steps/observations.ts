import type { WriteResult } from '../apply/index.ts';

/** Sentences on what the answers to writes told beyond success: names and counts, never a value. */
export function observationSentences(results: Iterable<WriteResult>): readonly string[] {
  const altered = new Map<string, number>();
  const meanwhile = { archived: 0, edited: 0 };
  let halfDone = 0;
  for (const { status, ...observed } of results) {
    if (observed.recordWritten) halfDone += 1;
    if (status !== 'applied') continue;
    for (const field of observed.altered ?? []) altered.set(field, (altered.get(field) ?? 0) + 1);
    if (observed.meanwhile !== undefined) meanwhile[observed.meanwhile] += 1;
  }
  return [...alteredSentences(altered), ...meanwhileSentences(meanwhile), ...halfDoneSentences(halfDone)];
}

function alteredSentences(altered: ReadonlyMap<string, number>): string[] {
  if (altered.size === 0) return [];
  const fields = [...altered].sort(([left], [right]) => (left < right ? -1 : 1)).map(([field, count]) => `${field} (${records(count)})`);
  return [
    `Oomnitza keeps another value than it was sent in ${fields.join(', ')}. Until the rule gives the value in the form in which Oomnitza keeps it, every run finds the same difference again.`,
  ];
}

function meanwhileSentences({ archived, edited }: Readonly<Record<'archived' | 'edited', number>>): string[] {
  const found = [
    ...(archived === 0 ? [] : [`${records(archived)} had been archived`]),
    ...(edited === 0 ? [] : [`${records(edited)} had been edited`]),
  ];
  return found.length === 0 ? [] : [`Between reading and writing, ${found.join(' and ')} in Oomnitza. They were written; changes.csv marks them.`];
}

function halfDoneSentences(count: number): string[] {
  if (count === 0) return [];
  return [`Of the changes that count as failed, ${records(count)} ${count === 1 ? 'was' : 'were'} written all the same: only the assignment to the SaaS application was not made, or not wholly.`];
}

function records(count: number): string {
  return count === 1 ? '1 record' : `${count} records`;
}
