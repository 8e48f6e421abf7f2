import { isWrite, type ImpactEntry, type ImpactPart, type PlanEntry } from '../../plan/index.ts';
import { impactTables, limitsAnywayText } from '../impact-tables.ts';
import { prose, table } from '../markdown.ts';
import type { RunReport } from '../report.ts';
import { writingActions } from '../status.ts';
import type { WritingAction } from '../status.ts';
import { thousands } from '../words.ts';
import { rowsOf } from './changes.ts';

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

function samples(title: string, { entries }: ImpactPart): string[] {
  const changes = entries.filter(({ entry }) => isWrite(entry));
  return writingActions.flatMap((action) => {
    const found = changes.filter(({ entry }) => entry.action === action);
    return found.length === 0 ? [] : [sample(title, action, found)];
  });
}

function sample(title: string, action: WritingAction, entries: readonly ImpactEntry[]): string {
  const shown = entries.slice(0, maxPeople);
  const header = action === 'create' ? ['Person', 'Field', 'Value'] : ['Person', 'Field', 'Before', 'After'];
  const rows = shown.flatMap(({ entry, fields }) => rowsOf(partly(entry, fields), action));
  const which = entries.length > shown.length ? `, the first ${shown.length} of ${thousands(entries.length)}` : '';
  return `**${title}: ${action}${which}**\n\n${table(header, rows)}`;
}

function partly(entry: PlanEntry, fields: PlanEntry['fields']): PlanEntry {
  return fields === entry.fields ? entry : { ...entry, fields };
}
