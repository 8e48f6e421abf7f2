import { isEmpty, type FieldValue } from '../field-value.ts';
import type { ConditionStory, RuleStory, ValueStep } from '../mapping/index.ts';
import { isWrite, type KeyStory, type MatchStory, type Plan, type PlanEntry } from '../plan/index.ts';
import { reserve } from '../reserved.ts';
import { clip } from './escape.ts';
import { span } from './markdown.ts';
import { wordsOf } from './reasons.ts';
import { findingText, isLeftOutField } from './status.ts';
import { counted } from './words.ts';

/** A group of `source.groups`, and whether it holds the user. */
export interface GroupStory {
  readonly id: string;
  /** Empty where it has none, or none may be told. */
  readonly name: string;
  readonly member: boolean;
}

/** A part of `source.filter`, and what Graph says of it. */
export interface ClauseStory {
  /** As written. */
  readonly text: string;
  readonly outcome: { readonly matches: boolean } | { readonly failure: string };
}

/** What one user went through. */
export interface UserStory {
  /** The properties that the sync file reads, as Microsoft gave them. */
  readonly properties: readonly { readonly name: string; readonly value: unknown }[];
  /** `undefined` where the sync file has none; all clauses have to match. */
  readonly filter: { readonly matches: boolean; readonly clauses: readonly ClauseStory[] } | undefined;
  /** Empty where the sync file names none. */
  readonly groups: readonly GroupStory[];
  /** How many managed devices the user has; `undefined` where they do not count. */
  readonly devices: number | undefined;
  readonly scope: readonly ConditionStory[];
  readonly rules: readonly RuleStory[];
  readonly match: MatchStory;
  /** Whether anything would be written of the user. */
  readonly isWritten: boolean;
  /** What would happen and why, a sentence each. */
  readonly outcome: readonly string[];
}

/** The answer to the input `explain`. */
export interface Explanation {
  /** The input, as it was given. */
  readonly asked: string;
  /** `undefined` where the directory has nobody by that name. */
  readonly user: UserStory | undefined;
}

/** A part of an explanation as plain text, in which backticks set names off. */
export interface ExplanationTable {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const maxValue = 120;

/** The answer where nothing may be told of a single person. */
export const notExplained = 'Nothing is told of a single user, since `personal-data` is `none`.';

/** The story of a user as tables, in the order in which things happen; empty ones are left out. */
export function explanationTables(story: UserStory): readonly ExplanationTable[] {
  const tables: readonly ExplanationTable[] = [
    { title: 'What would happen', header: ['Outcome'], rows: story.outcome.map((sentence) => [sentence]) },
    { title: 'As read from Microsoft', header: ['Property', 'Value'], rows: story.properties.map(({ name, value }) => [span(name), shownProperty(value)]) },
    { title: 'Whether the sync is about this user', header: ['Condition', 'Result'], rows: conditionRows(story) },
    {
      title: 'How each field gets its value',
      header: ['Field', 'Rule', 'Step by step'],
      rows: story.rules.map(({ field, origin, position, steps }) => [span(field), origin === 'user' ? `line ${position.line}` : 'preset', steps.map(stepText).join('; ')]),
    },
    { title: 'Which record is found', header: ['Key', 'Value', 'Records'], rows: story.match.keys.map(keyRow) },
    {
      title: story.isWritten ? 'What each field would become' : 'What each field would become, if anything were written',
      header: ['Field', 'In Oomnitza', 'From the directory', 'Verdict'],
      rows: story.match.fields.map(({ field, before, after, verdict }) => [span(field), shownValue(before), shownValue(after), verdict]),
    },
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

function conditionRows({ filter, groups, devices, scope }: UserStory): string[][] {
  return [
    ...(filter?.clauses ?? []).map(({ text, outcome }) => [`\`source.filter\`: ${span(text)}`, clauseText(outcome)]),
    ...groups.map(({ id, name, member }) => [`\`source.groups\`: ${name === '' ? span(id) : `${span(name)} (${span(id)})`}`, member ? 'is a member' : 'is no member']),
    ...(devices === undefined ? [] : [['`source.kind: intune`', devices === 0 ? 'has no managed device' : `has ${devices} managed ${devices === 1 ? 'device' : 'devices'}`]]),
    ...scope.map(({ text, position, outcome }) => [`\`scope\`, line ${position.line}: ${span(text)}`, conditionText(outcome)]),
  ];
}

function clauseText(outcome: ClauseStory['outcome']): string {
  if ('failure' in outcome) return `cannot be told alone: ${outcome.failure}`;
  return outcome.matches ? 'matches' : 'does not match';
}

function conditionText(outcome: ConditionStory['outcome']): string {
  if ('failure' in outcome) return `cannot be told: ${outcome.failure}`;
  if (outcome.stumbled) return 'does not hold, since a property has no value';
  return outcome.holds ? 'holds' : 'does not hold';
}

function stepText({ what, outcome }: ValueStep): string {
  return `${span(what)} → ${'failure' in outcome ? outcome.failure : shownValue(outcome.value)}`;
}

function keyRow({ field, value, found }: KeyStory): string[] {
  const records = found.map(({ userId, username, archived }) => `${span(username)} (id ${userId}${archived ? ', archived' : ''})`);
  const none = value === '' ? 'not tried, since there is no value' : 'none';
  return [span(field), value === '' ? 'empty' : quoted(value), records.length === 0 ? none : records.join(', ')];
}

function shownValue(value: FieldValue): string {
  if (isEmpty(value)) return 'empty';
  return typeof value === 'string' ? quoted(value) : String(value);
}

function shownProperty(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'empty';
  return typeof value === 'string' ? quoted(value) : clip(JSON.stringify(value), maxValue);
}

function quoted(text: string): string {
  return JSON.stringify(clip(text, maxValue));
}

/**
 * What would happen to a user, and why.
 *
 * @param isRead whether filter, groups and devices let the user through
 * @param plan of that user alone
 */
export function outcomeSentences(isRead: boolean, scope: readonly ConditionStory[], plan: Plan): readonly string[] {
  if (!isRead) return ['Nothing: the sync does not read this user, since `source` leaves the user out.'];
  if (plan.counts.scope === 0 && plan.entries.length > 0) return ['The user is out of scope for being disabled alone, and so counts as somebody who left.', ...plan.entries.map(entrySentence)];
  if (plan.counts.scope === 0) {
    const against = new Set(scope.filter(({ outcome }) => !('failure' in outcome) && !outcome.holds).map(({ position }) => position.line));
    return [`Nothing: the user is out of scope, by ${against.size === 1 ? 'the condition in line' : 'the conditions in lines'} ${[...against].join(' and ')}.`];
  }
  return plan.entries.length === 0 ? ['Nothing: the record has all values already.'] : plan.entries.map(entrySentence);
}

function entrySentence(entry: PlanEntry): string {
  const { action, fields, username } = entry;
  const names = fields.map(({ field }) => span(field)).join(', ');
  const named = username === null ? '' : reserve(` ${span(username)}`, '');
  if (action === 'suspend' || action === 'restore') return `The record${named} would be ${action === 'suspend' ? 'suspended' : 'restored'}, since ${findingText(entry)}.`;
  if (isWrite(entry)) {
    return action === 'create' ? `A record would be created, with ${counted(fields.length, 'field')}: ${names}.` : `The record${named} would get an update of ${counted(fields.length, 'field')}: ${names}.`;
  }
  const why = `${wordsOf(entry.reason ?? '', action).title} (${entry.reason ?? ''}): ${isEmpty(entry.value ?? null) ? entry.message : reserve(findingText(entry), entry.message)}.`;
  return isLeftOutField(entry) ? `${names} would be left out. ${why}` : `Nothing would be written (${action}). ${why}`;
}
