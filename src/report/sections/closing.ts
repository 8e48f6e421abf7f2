import { forMarkdown } from '../escape.ts';
import { bullets, code, prose, table } from '../markdown.ts';
import type { RunReport } from '../report.ts';
import { duration } from '../words.ts';

/** The run that this page is about. */
export function contextText({ mode, event, syncFile, personalData }: RunReport): string {
  const parts = syncFile === '' ? [] : [`Sync file ${code(syncFile, 200)}`];
  if (mode !== null) parts.push(`mode <code>${mode}</code>`);
  if (event !== '') parts.push(`started by ${code(event)}`);
  // A run that failed before has nothing to tell of anybody.
  if (mode !== null && personalData !== 'full') parts.push(`personal data <code>${personalData}</code>`);
  const text = parts.join(' · ');
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** What validation looked at and found good. */
export function checksSection({ checks }: RunReport): string {
  if (checks.length === 0) return '';
  const rows = checks.map(({ name, detail }) => [`✅ ${forMarkdown(name)}`, prose(detail)]);
  return `### Checked\n\n${table(['Check', 'Result'], rows)}`;
}

/** What a user should know though nothing failed. */
export function noticesSection({ notices }: RunReport): string {
  if (notices.length === 0) return '';
  return `### Good to know\n\n${bullets(notices.map((notice) => prose(notice, 600)))}`;
}

/** How long each phase took. */
export function phasesSection({ phases }: RunReport): string {
  if (phases.length === 0) return '';
  const rows = phases.map(({ name, milliseconds }) => [forMarkdown(name), duration(milliseconds)]);
  return `### How long it took\n\n${table(['Phase', '#Time'], rows)}`;
}

/** Where everything can be had that this page only samples. */
export function artifactText({ artifactUrl, plan, suggestion }: RunReport): string {
  const lines: string[] = [];
  const link = artifactUrl === null ? null : URL.parse(artifactUrl);
  if (link !== null && /^https?:$/.test(link.protocol)) {
    const content = suggestion === null ? 'every change in <code>changes.csv</code> and <code>plan.json</code>' : '<code>suggested-sync-file.yml</code>';
    lines.push(`📎 [Download the artifact: ${content}](<${link.href}>)`);
  }
  if (plan !== null) lines.push(`Digest of the plan: <code>${plan.digest}</code>`);
  return lines.join('\n\n');
}
