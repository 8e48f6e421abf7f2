import { byteLength } from './markdown.ts';
import { outcomeOf } from './outcome.ts';
import type { RunReport } from './report.ts';
import { changeSections, chartSection } from './sections/changes.ts';
import { artifactText, checksSection, contextText, noticesSection, phasesSection } from './sections/closing.ts';
import { countsSection, limitsSection } from './sections/counts.ts';
import { explanationSection } from './sections/explanation.ts';
import { failureText, problemsSection } from './sections/failure.ts';
import { mismatchSection } from './sections/mismatch.ts';
import { suggestionSection } from './sections/suggestion.ts';
import {
  conflictsSection,
  failedWritesSection,
  leaversSection,
  leftOutFieldsSection,
  skipsSection,
} from './sections/findings.ts';
import { impactSection } from './sections/impact.ts';
import { watchedSection } from './sections/watched.ts';

/** GitHub refuses a summary above 1 MiB (1,048,576 bytes) as a whole. */
const maxBytes = 1_000_000;

const omission = 'Sections were left out to keep this page within the limit of GitHub; <code>changes.csv</code> has everything.';

/**
 * `summary.md`: what the job page shows. Under 1 MiB whatever the report holds, and nothing in it comes alive:
 * every value is escaped for Markdown.
 */
export function renderSummary(report: RunReport): string {
  const { mark, headline } = outcomeOf(report);
  const opening = [`## ${mark} ${headline}`, contextText(report), failureText(report)];
  const sections = [
    problemsSection(report),
    checksSection(report),
    watchedSection(report),
    mismatchSection(report),
    explanationSection(report),
    suggestionSection(report),
    impactSection(report),
    countsSection(report),
    chartSection(report),
    limitsSection(report.plan),
    failedWritesSection(report),
    ...changeSections(report),
    conflictsSection(report),
    skipsSection(report),
    leftOutFieldsSection(report),
    leaversSection(report),
    noticesSection(report),
  ];
  const closing = [phasesSection(report), artifactText(report)];
  return page(opening, sections, closing);
}

/** Drops whole sections, the later ones first, where all of them would be too much; empty ones never show. */
function page(opening: readonly string[], sections: readonly string[], closing: readonly string[]): string {
  const parts = opening.filter(isWorthShowing);
  const end = closing.filter(isWorthShowing);
  let bytes = byteLength([...parts, omission, ...end].join('\n\n')) + 2;
  let omitted = false;
  for (const section of sections.filter(isWorthShowing)) {
    const size = byteLength(section) + 2;
    if (bytes + size > maxBytes) {
      omitted = true;
      continue;
    }
    parts.push(section);
    bytes += size;
  }
  return `${[...parts, ...(omitted ? [omission] : []), ...end].join('\n\n')}\n`;
}

function isWorthShowing(text: string): boolean {
  return text !== '';
}
