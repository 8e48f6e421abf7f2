import type { FieldRule, SyncFile } from '../config/index.ts';
import { askable, clockUntil, readUsers, type DirectoryQuery, type Presence, type PropertyText } from '../directory/index.ts';
import { SyncError } from '../errors.ts';
import type { Inputs } from '../inputs/index.ts';
import { compileMapping, propertiesPassedOn } from '../mapping/index.ts';
import type { KeyText } from '../plan/index.ts';
import { toMicrosoft } from './connect.ts';
import type { Draft, Reading } from './read.ts';
import type { Run } from './run.ts';

/** What can be asked for as it is. Graph compares no more characters: https://developer.microsoft.com/graph/known-issues/?search=13635 */
const plainText = /^[ -~]{1,120}$/;
/** More take longer than the list of everybody. */
const mostAskedFor = 750;
/** Types of fields that take a text as it is. */
const ofText = new Set(['text', 'unknown']);
/** It may begin with a blank, which does not count where keys are compared. */
const looselyKept = 'employeeId';

/**
 * Where `source` or an input leaves people out, looks among them for those who have a key in common with somebody who would be suspended,
 * and shows them to the plan: a record that may be that of somebody else is not suspended, whoever was asked for.
 *
 * @param draft the one of which it is looked for; what it asks for was read
 * @param presence what became of each user who was missing
 * @throws SyncError where the directory did not tell
 */
export async function seeSharers(reading: Reading, { syncFile, resolved, intake }: Draft, presence: ReadonlyMap<string, Presence>): Promise<void> {
  const { run, inputs, onSecret } = reading;
  if (!isNarrow(syncFile, inputs)) return;
  const { entraIds, keyTexts } = intake.suspects(presence);
  const file = await resolved;
  const query = queryFor(file, keyTexts, run);
  if (query === undefined) return;
  const { having, ...everybody } = query;
  if (having === undefined && inputs.explain !== '') {
    run.notice('Whether somebody who was not read has the same keys was not looked for, since the rules of the keys do not tell whom to ask for. A run on everybody looks for it before it suspends.');
    return;
  }
  const { graph } = toMicrosoft(reading, onSecret);
  const mapping = compileMapping(file);
  const seeAll = async (asked: DirectoryQuery): Promise<void> => {
    for await (const { users } of readUsers(graph, asked, () => undefined, clockUntil(run.signal))) {
      intake.seeBeside(users.filter(({ id }) => !entraIds.has(id)), mapping);
    }
  };
  await run.phase('Looking for others with the same keys', async () => {
    try {
      await seeAll(query);
    } catch (thrown) {
      // The texts are Oomnitza's, and no reason for a run to fail. Whatever else Graph has against them, it gives the list of all.
      if (having === undefined || !(thrown instanceof SyncError) || thrown.reason !== 'directory-incomplete') throw thrown;
      await seeAll(everybody);
    }
  });
}

function isNarrow({ source: { kind, filter, groups } }: SyncFile, { only, explain }: Inputs): boolean {
  return kind !== 'entra' || filter !== undefined || groups.length > 0 || only.length > 0 || explain !== '';
}

/** Asks for whoever has one of these texts; for everybody where a rule does not tell which property it comes from; for nobody where nobody can have one. */
function queryFor(file: SyncFile, keyTexts: readonly KeyText[], run: Run): DirectoryQuery | undefined {
  const rules = file.rules.filter(({ field }) => keyTexts.some((key) => key.field === field));
  const sources = new Map(rules.map((rule) => [rule.field, sourcesOf(rule, run)]));
  const { properties } = compileMapping({ rules, scope: [], saas: undefined });
  const everybody: DirectoryQuery = { kind: 'entra', properties, filter: undefined, groups: [] };
  const having: PropertyText[] = [];
  for (const { field, text } of keyTexts) {
    const names = sources.get(field);
    // Nobody else has the same.
    if (names?.every((name) => name === 'id') === true) continue;
    if (names?.every((name) => askable.has(name)) !== true || !plainText.test(text)) return everybody;
    having.push(...names.map((property) => ({ property, text })));
  }
  if (having.some(({ property }) => property === looselyKept)) having.push({ property: looselyKept, text: ' ' });
  if (having.length === 0) return undefined;
  return having.length > mostAskedFor ? everybody : { ...everybody, having };
}

/** The properties whose text a field takes as it is; `undefined` where it is not known, or the field takes another form of it. */
function sourcesOf(rule: FieldRule, { fields }: Run): readonly string[] | undefined {
  const field = fields.get(rule.field);
  const takesAnything = field === undefined || (ofText.has(field.type) && field.options.length === 0);
  return takesAnything ? propertiesPassedOn(rule) : undefined;
}
