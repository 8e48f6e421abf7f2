import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { isWithoutEffect, mostSamples, type ImpactEntry, type ImpactPart } from '../plan/index.ts';
import { disclosed, levelOfComments } from './disclosure.ts';
import { forMarkdown } from './escape.ts';
import { impactTables, limitsAnywayText } from './impact-tables.ts';
import { bullets, code, prose } from './markdown.ts';
import { outcomeOf } from './outcome.ts';
import type { RunReport } from './report.ts';
import { participles, writingActions } from './status.ts';
import { mostAnnotations, personOf, thousands } from './words.ts';

/** GitHub takes 65,536 characters. */
const maxLength = 60_000;
const maxFields = 12;
/** Beyond, the marker is made of a digest. */
const maxMarkedPath = 200;

/** A line that is shown to nobody: by it the comment on a sync file is found again. */
export function commentMarker(syncFile: string): string {
  return `<!-- oomnitza-user-sync:${markedName(syncFile)} -->`;
}

function markedName(syncFile: string): string {
  // No path can end the HTML comment or stand for another one.
  const safe = encodeURIComponent(posix.normalize(syncFile.toWellFormed())).replaceAll('-', '%2D');
  return safe.length > maxMarkedPath ? createHash('sha256').update(safe).digest('hex') : safe;
}

/** What a comment begins with: the marker of its sync file and, where that was renamed, of the path before. */
const beginning = /^\s*<!-- oomnitza-user-sync:(\S+) -->(?:\r?\n<!-- oomnitza-user-sync:(\S+) -->)?/;
const digest = /^[\da-f]{64}$/;

/** Where a sync file is, and where it was before if the pull request renames it. */
interface Paths {
  readonly path: string;
  readonly renamedFrom: string | undefined;
}

export type CommentSubject = 'same' | 'former' | 'other';

/**
 * What a comment is about: `same` is this sync file. `former` is one under another path that may have become this one: the path
 * before or, where a later commit takes that back or renames it once more, the one in between.
 */
export function subjectOf(body: string, { path, renamedFrom }: Paths): CommentSubject {
  const found = beginning.exec(body)?.slice(1) ?? [];
  const names = [path, ...(renamedFrom === undefined ? [] : [renamedFrom])].map(markedName);
  if (found[0] === names[0]) return 'same';
  return found.some((name) => names.includes(name)) ? 'former' : 'other';
}

/**
 * The path of the sync file that a comment is about; `undefined` where it is none, or the path is too long to stand in it.
 *
 * @throws URIError where somebody made it up
 */
export function commentedPath(body: string): string | undefined {
  const name = beginning.exec(body)?.[1];
  return name === undefined || digest.test(name) ? undefined : decodeURIComponent(name);
}

/** Whether a pull request should hear of the run by itself, and not only where it was told something before. */
export function hasSomethingToSay({ failure, comparison, plan }: RunReport): boolean {
  if (failure !== null) return true;
  if (comparison === null || comparison.isUntouched) return false;
  const { impact } = comparison;
  return impact === null ? plan !== null && plan.entries.length > 0 : !isWithoutEffect(impact);
}

/** What a comment is about, as far as it is known. */
interface CommentOrigin {
  /** The commit that the run was about. */
  readonly commit?: string | undefined;
  /** The path of the sync file before, where the pull request renames it. */
  readonly renamedFrom?: string | undefined;
}

/**
 * The comment on a pull request: its outcome and what it means in numbers and field names. It is as public as the repository,
 * so it tells of nobody by name, and no value, id or key.
 *
 * @param runUrl where everything can be read
 * @returns at most 60,000 characters, by which {@link subjectOf} knows it again
 */
export function renderComment(facts: RunReport, runUrl: string | undefined, { commit, renamedFrom }: CommentOrigin = {}): string {
  const report = disclosed(facts, levelOfComments(facts.personalData));
  const { mark, headline } = outcomeOf(report);
  const markers = [report.syncFile, ...(renamedFrom === undefined ? [] : [renamedFrom])].map(commentMarker);
  const opening = [...markers, `### ${mark} ${headline}`].join('\n');
  const run = runUrl === undefined ? null : URL.parse(runUrl);
  // A run of an old commit that is started again speaks later than the ones of newer commits.
  const about = commit === undefined ? [] : [`Commit ${code(commit.slice(0, 7))}`];
  const closing = [...about, `Sync file ${code(report.syncFile, 200)}`, ...(run === null ? [] : [`[the run, with its report](<${run.href}>)`])].join(' · ');
  const whole = [opening, ...failureParts(report), ...impactParts(report), closing].join('\n\n');
  if (whole.length <= maxLength) return whole;
  return [opening, 'What it means in numbers is too long for a comment; the run has it.', closing].join('\n\n');
}

function failureParts({ failure, mode }: RunReport): string[] {
  if (failure === null) return mode === 'validate' ? ['What it would change is not shown here; the run says how a maintainer comes by that.'] : [];
  return [`Failure reason: <code>${failure.reason}</code>.${placesText(failure.problems.length)} The run says what to change.`];
}

function placesText(count: number): string {
  if (count === 0) return '';
  if (count > mostAnnotations) return ` The first ${mostAnnotations} of ${thousands(count)} places are marked in the diff, and the run lists all.`;
  return count === 1 ? ' The place is marked in the diff.' : ` The ${thousands(count)} places are marked in the diff.`;
}

function impactParts({ comparison, personalData }: RunReport): string[] {
  if (comparison === null) return [];
  const { impact, notes, limitsAnyway } = comparison;
  const sentences = notes.map((note) => prose(note, 600));
  if (impact === null) return sentences;
  const people = personalData === 'none' ? [] : [...samples('Caused by it', impact.caused), ...samples('No longer done because of it', impact.dropped)];
  return [...sentences, ...impactTables(impact), ...limitsAnywayText(limitsAnyway), ...people];
}

function samples(title: string, { samples: found, counts, otherwise }: ImpactPart): string[] {
  if (found.length === 0) return [];
  const changes = writingActions.reduce((sum, action) => sum + counts[action] + otherwise[action], 0);
  const lines = found.slice(0, mostSamples).map(sampleLine);
  const more = changes > lines.length ? [`… and ${thousands(changes - lines.length)} more`] : [];
  return [`**${title}**`, bullets([...lines, ...more])];
}

/** A change without saying whose it is or what is written. */
function sampleLine({ entry, fields, inBoth }: ImpactEntry): string {
  const names = fields.slice(0, maxFields).map(({ field }) => code(field));
  const more = fields.length > maxFields ? [`${thousands(fields.length - maxFields)} more`] : [];
  const action = writingActions.find((name) => name === entry.action);
  const what = inBoth && action !== undefined ? `${participles[action]} anyway,` : entry.action;
  return `${forMarkdown(personOf(entry))}: ${forMarkdown(what)} ${[...names, ...more].join(', ')}`;
}
