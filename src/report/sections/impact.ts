import type { ImpactEntry, ImpactPart, PlanEntry } from '../../plan/index.ts';
import { impactTables, limitsAnywayText } from '../impact-tables.ts';
import { prose } from '../markdown.ts';
import type { RunReport } from '../report.ts';
import { participles, writingActions } from '../status.ts';
import type { WritingAction } from '../status.ts';
import { thousands } from '../words.ts';
import { changesTable } from './changes.ts';

const maxPeople = 5;

/** What a proposed sync file changes about what would be written, apart from what was pending anyway. */
export function impactSection({ comparison, personalData }: RunReport): string {
  if (comparison === null) return '';
  const { impact, notes, limitsAnyway } = comparison;
  const parts = ['### What this proposal does', ...notes.map((note) => prose(note, 600))];
  if (impact !== null) {
    parts.push(...impactTables(impact));
    if (personalData !== 'none') parts.push(...samples('Caused by it', impact.caused), ...samples('No longer done because of it', impact.dropped));
  }
  parts.push(...limitsAnywayText(limitsAnyway));
  return parts.join('\n\n');
}

function samples(title: string, { samples: all, counts, otherwise }: ImpactPart): string[] {
  return writingActions.flatMap((action) => {
    const found = (inBoth: boolean): ImpactEntry[] => all.filter((one) => one.inBoth === inBoth && one.entry.action === action);
    return [...sample(`${title}: ${action}`, action, found(false), counts[action]), ...sample(`${title}: ${participles[action]} anyway, with other values`, action, found(true), otherwise[action])];
  });
}

function sample(title: string, action: WritingAction, entries: readonly ImpactEntry[], count: number): string[] {
  if (entries.length === 0) return [];
  const shown = entries.slice(0, maxPeople);
  const which = count > shown.length ? `, the first ${shown.length} of ${thousands(count)}` : '';
  return [`**${title}${which}**\n\n${changesTable(action, shown.map(({ entry, fields }) => partly(entry, fields)))}`];
}

function partly(entry: PlanEntry, fields: PlanEntry['fields']): PlanEntry {
  return fields === entry.fields ? entry : { ...entry, fields };
}
