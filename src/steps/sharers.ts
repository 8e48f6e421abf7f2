import type { SyncFile } from '../config/index.ts';
import { askable, clockUntil, readUsers, type DirectoryQuery, type Presence, type PropertyText } from '../directory/index.ts';
import type { Inputs } from '../inputs/index.ts';
import { compileMapping, propertiesPassedOn } from '../mapping/index.ts';
import type { KeyText } from '../plan/index.ts';
import { toMicrosoft } from './connect.ts';
import type { Draft, Reading } from './read.ts';
import type { Run } from './run.ts';

/** No directory property that can be asked for is longer. */
const longestText = 256;
/** Types of fields that take a text as it is. */
const ofText = new Set(['text', 'unknown']);

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
  if (keyTexts.length === 0) return;
  const file = await resolved;
  const query = queryFor(file, keyTexts, run);
  // To explain one user, nobody would wait for all others.
  if (query.having === undefined && inputs.explain !== '') return;
  await run.phase('Looking for others with the same keys', async () => {
    const { graph } = toMicrosoft(reading, onSecret);
    const mapping = compileMapping(file);
    for await (const { users } of readUsers(graph, query, () => undefined, clockUntil(run.signal))) {
      intake.seeBeside(users.filter(({ id }) => !entraIds.has(id)), mapping);
    }
  });
}

function isNarrow({ source: { kind, filter, groups } }: SyncFile, { only, explain }: Inputs): boolean {
  return kind !== 'entra' || filter !== undefined || groups.length > 0 || only.length > 0 || explain !== '';
}

/** Asks for whoever has one of these texts; for everybody where a rule does not tell which property it comes from. */
function queryFor(file: SyncFile, keyTexts: readonly KeyText[], run: Run): DirectoryQuery {
  const rules = file.rules.filter(({ field }) => file.syncKeys.some((key) => key.field === field));
  const { properties } = compileMapping({ rules, scope: [], saas: undefined });
  const sources = new Map(rules.map((rule) => [rule.field, ofText.has(run.fields.get(rule.field)?.type ?? 'unknown') ? propertiesPassedOn(rule) : undefined]));
  const everybody: DirectoryQuery = { kind: 'entra', properties, filter: undefined, groups: [] };
  const having: PropertyText[] = [];
  for (const { field, text } of keyTexts) {
    const names = sources.get(field);
    if (names === undefined || !names.every((name) => askable.has(name))) return everybody;
    if (text.length <= longestText) having.push(...names.map((property) => ({ property, text })));
  }
  return { ...everybody, having };
}
