import { forMarkdown } from '../escape.ts';
import { prose, table } from '../markdown.ts';
import type { RunReport } from '../report.ts';
import { watchedRows } from '../watched.ts';

/** What a run found that looked after another workflow. */
export function watchedSection({ watched }: RunReport): string {
  if (watched === null) return '';
  return table(['', 'Found'], watchedRows(watched).map(([name, text]) => [forMarkdown(name), prose(text)]));
}
