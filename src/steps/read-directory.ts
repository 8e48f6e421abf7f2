import type { SyncFile } from '../config/index.ts';
import { clockUntil, isMeant, readUsers, type DirectoryUser } from '../directory/index.ts';
import { SyncError } from '../errors.ts';
import { createProgress } from '../github/index.ts';
import { compileMapping, type Mapping } from '../mapping/index.ts';
import { reserve } from '../reserved.ts';
import { beThriftyWhenLarge } from '../thrift.ts';
import { toMicrosoft } from './connect.ts';
import { directoryQuery } from './directory-query.ts';
import type { Draft, Reading } from './read.ts';

/**
 * Reads the users of the directory and maps them: all, or those whom the input `only` names. Two sync files that ask for the
 * same users share one read.
 */
export async function readDirectory(reading: Reading): Promise<void> {
  const { run, inputs, base } = reading;
  const everybody = inputs.only.length === 0;
  const isShared = base !== undefined && asksForTheSame(reading.syncFile, base.syncFile);
  const users = await readFor(reading, isShared ? [reading, base] : [reading], (sentence) => { run.notice(sentence); });
  if (everybody) refuseFew(reading);
  else tellOfOnly(reading, users);
  if (base !== undefined && !isShared) await readFor(reading, [base], () => undefined);
}

function asksForTheSame({ source: one }: SyncFile, { source: other }: SyncFile): boolean {
  const groups = (source: SyncFile['source']): string => source.groups.map(({ id }) => id).sort().join();
  return one.kind === other.kind && one.filter?.text === other.filter?.text && groups(one) === groups(other);
}

/**
 * Reads the users whom these sync files ask for, with the properties that any of them reads.
 *
 * @returns where the input `only` names them, those found
 */
async function readFor(reading: Reading, drafts: readonly [Draft, ...Draft[]], notice: (sentence: string) => void): Promise<readonly DirectoryUser[]> {
  const { inputs, onSecret } = reading;
  const { graph } = toMicrosoft(reading, onSecret);
  const query = { ...directoryQuery(drafts[0].syncFile, { properties: propertiesFor(drafts) }), ...(inputs.only.length === 0 ? {} : { only: inputs.only }) };
  const progress = createProgress('Reading Microsoft Entra', 'users');
  const found: DirectoryUser[] = [];
  let mappings: readonly Mapping[] | undefined;
  for await (const page of readUsers(graph, query, notice, clockUntil(reading.signal))) {
    // The first page is on its way while the instance tells its fields.
    mappings ??= await Promise.all(drafts.map(mappingFor));
    for (const [index, { intake }] of drafts.entries()) {
      const mapping = mappings[index];
      if (mapping === undefined) continue;
      if (page.first) intake.restart();
      intake.take(page.users, mapping);
    }
    progress(drafts[0].intake.users, undefined);
    await beThriftyWhenLarge();
    if (inputs.only.length > 0) found.push(...page.users);
  }
  return found;
}

/** Each property once, with the first place that names it. */
function propertiesFor(drafts: readonly Draft[]): Mapping['properties'] {
  const all = drafts.flatMap(({ syncFile }) => compileMapping(syncFile).properties);
  return [...new Map(all.toReversed().map((property) => [property.name, property])).values()].toReversed();
}

/** Users are mapped to the fields that the instance has. */
async function mappingFor({ resolved }: Draft): Promise<Mapping> {
  return compileMapping(await resolved);
}

function refuseFew({ syncFile, intake }: Reading): void {
  const { minUsers } = syncFile.source;
  if (intake.users >= minUsers) return;
  throw new SyncError('directory-incomplete', `Microsoft Entra gave ${intake.users} ${intake.users === 1 ? 'user' : 'users'}, fewer than the ${minUsers} that \`source.min-users\` asks for.`, {
    hint: `If that is right, lower \`source.min-users\`; if not, check ${narrowing(syncFile)} and \`tenant-id\`.`,
  });
}

/** What of the sync file lets few users through. */
function narrowing({ source }: SyncFile): string {
  const others = [...(source.groups.length === 0 ? [] : ['`source.groups`']), ...(source.kind === 'entra' ? [] : ['`source.kind`'])];
  return ['`source.filter`', ...others].join(', ');
}

function tellOfOnly({ run, inputs }: Reading, users: readonly DirectoryUser[]): void {
  run.notice(`Only the users whom the input \`only\` names were read: ${users.length}. Nothing is said of anybody else.`);
  const unmatched = inputs.only.filter((entry) => !users.some((user) => isMeant(user, entry)));
  if (unmatched.length === 0) return;
  const entries = reserve(unmatched.join(', '), unmatched.length === 1 ? 'somebody' : `${unmatched.length} people`);
  run.warn(`The input \`only\` names ${entries}, and nobody whom the sync file reads answers to that.`);
}
