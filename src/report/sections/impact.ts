import type { ImpactEntry, ImpactPart, PlanEntry } from '../../plan/index.ts';
import { impactTables, limitsAnywayText } from '../impact-tables.ts';
import { prose } from '../markdown.ts';
import type { RunReport } from '../report.ts';
import { writingActions } from '../status.ts';
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

function samples(title: string, { samples: all, counts, otherwiseCreated }: ImpactPart): string[] {
  return writingActions.flatMap((action) => {
    const found = all.filter(({ entry }) => entry.action === action);
    const count = counts[action] + (action === 'create' ? otherwiseCreated : 0);
    return found.length === 0 ? [] : [sample(title, action, found, count)];
  });
}

function sample(title: string, action: WritingAction, entries: readonly ImpactEntry[], count: number): string {
  const shown = entries.slice(0, maxPeople);
  const which = count > shown.length ? `, the first ${shown.length} of ${thousands(count)}` : '';
  return `**${title}: ${action}${which}**\n\n${changesTable(action, shown.map(({ entry, fields }) => partly(entry, fields)))}`;
}

function partly(entry: PlanEntry, fields: PlanEntry['fields']): PlanEntry {
  return fields === entry.fields ? entry : { ...entry, fields };
}
