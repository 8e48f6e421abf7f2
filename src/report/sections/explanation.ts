import { forMarkdown } from '../escape.ts';
import { explanationTables, notExplained } from '../explanation.ts';
import { prose, table } from '../markdown.ts';
import type { RunReport } from '../report.ts';

/** The story of the one user whom the run was asked to explain. */
export function explanationSection({ explanation, personalData }: RunReport): string {
  if (explanation === null) return '';
  const title = `### ${forMarkdown(explanation.asked)}, explained`;
  if (personalData === 'none') return `${title}\n\n${notExplained}`;
  if (explanation.user === undefined) return `${title}\n\nThe directory has no user with this name, mail address or id.`;
  const parts = explanationTables(explanation.user).map(({ title: part, header, rows }) => {
    const cells = rows.map((row) => row.map((cell) => prose(cell, 1000)));
    return `**${part}**\n\n${table(header, cells)}`;
  });
  return [title, ...parts].join('\n\n');
}
