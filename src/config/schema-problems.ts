import { z } from 'zod';
import { closest } from '../closest.ts';
import type { Problem } from '../errors.ts';
import { didYouMean } from './did-you-mean.ts';
import { knownKeysIn } from './mapping-schema.ts';
import { described, listed, shown, shownPath } from './wording.ts';
import { nearestKeyPosition, nodeAt, positionAt, type YamlNode, type YamlPath } from './yaml-node.ts';

type Issue = z.core.$ZodIssue;

/** An issue of the alternative that the author of the file meant, at its full path. */
interface LocatedIssue {
  readonly issue: Issue;
  readonly path: YamlPath;
}

/** Says in sentences, each with its place, what the schema found wrong with a sync file. */
export function schemaProblems(root: YamlNode, issues: readonly Issue[]): Problem[] {
  const located = issues.flatMap((issue) => meantIssues(issue, []));
  const misspelt = new Set(located.flatMap(misspeltPaths));
  return located.flatMap(({ issue, path }) => {
    if (issue.code === 'unrecognized_keys') return unknownKeys(root, path, issue);
    if (issue.code === 'invalid_key') return issue.issues.map((inner) => ownProblem(root, path, inner, true));
    if (issue.code === 'custom') return ownProblem(root, path, issue, false);
    const node = nodeAt(root, path);
    if (node !== undefined) return wrongValue(node, path, issue);
    // Beside its misspelling, a missing key would be the same slip told twice.
    return misspelt.has(shownPath(path)) ? [] : missing(root, path, issue);
  });
}

/** A union reports every alternative; the one meant is the one for this type of value. */
function meantIssues(issue: Issue, base: YamlPath): LocatedIssue[] {
  const path = [...base, ...issue.path.filter((step) => typeof step !== 'symbol')];
  if (issue.code !== 'invalid_union') return [{ issue, path }];
  const meant = issue.errors.find((inner) => !inner.some(({ code, path }) => code === 'invalid_type' && path.length === 0));
  return meant === undefined ? [{ issue, path }] : meant.flatMap((inner) => meantIssues(inner, path));
}

function misspeltPaths({ issue, path }: LocatedIssue): string[] {
  if (issue.code !== 'unrecognized_keys') return [];
  const meant = issue.keys.map((key) => closest(key, knownKeysIn(issue.message)));
  return meant.flatMap((key) => (key === undefined ? [] : [shownPath([...path, key])]));
}

function unknownKeys(root: YamlNode, path: YamlPath, { keys, message }: z.core.$ZodIssueUnrecognizedKeys): Problem[] {
  const known = knownKeysIn(message);
  return keys.map((key) => ({
    message: `Unknown key ${shown(key)}.`,
    hint: didYouMean(key, known) ?? `Known here: ${listed(known)}.`,
    position: nearestKeyPosition(root, [...path, key]),
  }));
}

const faultParams = z.object({ hint: z.string(), index: z.number().optional(), atKey: z.boolean().optional() });

/** What `report` handed to zod. */
function ownProblem(root: YamlNode, path: YamlPath, { message, ...issue }: Issue, isKey: boolean): Problem {
  const { hint, index, atKey } = faultParams.parse(Reflect.get(issue, 'params'));
  if (isKey || atKey === true) return { message, hint, position: nearestKeyPosition(root, path) };
  const node = nodeAt(root, path);
  const inside = node?.kind === 'scalar' && index !== undefined ? node.positionOf?.(index) : undefined;
  return { message, hint, position: inside ?? positionAt(root, path) };
}

function missing(root: YamlNode, path: YamlPath, { message }: Issue): Problem {
  return { message: `${shownPath(path)} is missing.`, hint: `It takes ${message}.`, position: positionAt(root, path) };
}

function wrongValue(node: YamlNode, path: YamlPath, issue: Issue): Problem {
  const message = `${shownPath(path)} is ${described(node)}; it takes ${issue.message}.`;
  const hint = hintFor(node, path, issue);
  return { message, position: node.position, ...(hint === undefined ? {} : { hint }) };
}

/** Words that YAML 1.1 took for truth values; in 1.2 they are texts, as is anything in quotes. */
const truthWords = new Map([
  ['true', 'true'],
  ['yes', 'true'],
  ['on', 'true'],
  ['false', 'false'],
  ['no', 'false'],
  ['off', 'false'],
]);

function hintFor(node: YamlNode, path: YamlPath, issue: Issue): string | undefined {
  if (node.kind !== 'scalar') return undefined;
  const { value } = node;
  if (value === null || String(value).trim() === '') return 'Write a value, or leave it out.';
  if (typeof value !== 'string') return path[0] === 'fields' && path.length === 2 ? constantHint(value, path[1] === 'role') : undefined;
  if (issue.code === 'invalid_value') {
    const isQuotedNumber = issue.values.some((accepted) => typeof accepted === 'number' && String(accepted) === value);
    return isQuotedNumber ? 'Remove the quotes.' : didYouMean(value, issue.values.map(String));
  }
  const expected = 'expected' in issue ? issue.expected : undefined;
  if (expected === 'boolean') {
    const truth = truthWords.get(value.toLowerCase());
    return truth === undefined ? undefined : `Write ${shown(truth)}, without quotes.`;
  }
  if (expected === 'array') return `Write ${shown(`[${value}]`)}.`;
  return /^\d+$/.test(value) ? 'Remove the quotes.' : undefined;
}

/** A number or truth value where a rule belongs is a constant in too few words. */
function constantHint(value: number | boolean, isRole: boolean): string {
  return `A constant is written ${shown(`{ value: ${value}${isRole ? ', apply: on-create' : ''} }`)}.`;
}
