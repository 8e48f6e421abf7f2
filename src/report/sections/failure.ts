import type { Problem } from '../../errors.ts';
import { prose, table } from '../markdown.ts';
import type { RunReport } from '../report.ts';
import { thousands } from '../words.ts';

const maxProse = 2000;
/** The list of problems is to be complete; only a file made to flood the page has more. */
const maxProblemBytes = 400 * 1024;

/** What went wrong and what to change, right below the outcome. */
export function failureText({ failure }: RunReport): string {
  if (failure === null) return '';
  const paragraphs = [`**What happened:** ${prose(failure.message, maxProse)}`];
  if (failure.details.length > 0) paragraphs.push(failure.details.map((detail) => `- ${prose(detail, maxProse)}`).join('\n'));
  if (failure.hint !== '') paragraphs.push(`**What to do:** ${prose(failure.hint, maxProse)}`);
  paragraphs.push(`Failure reason: <code>${failure.reason}</code>`);
  return paragraphs.join('\n\n');
}

/** Everything that is wrong in the sync file, with its place. */
export function problemsSection({ failure }: RunReport): string {
  if (failure === null || failure.problems.length === 0) return '';
  const rows = failure.problems.map(({ position, message, hint }: Problem) => [
    String(position.line),
    String(position.column),
    prose(message),
    prose(hint ?? ''),
  ]);
  const header = ['#Line', '#Column', 'What is wrong', 'What to write instead'];
  return `### Problems in the sync file: ${thousands(rows.length)}\n\n${table(header, rows, maxProblemBytes)}`;
}
