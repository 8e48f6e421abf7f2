import type { SyncFile } from '../config/index.ts';
import { clockUntil, isMeant, readUsers, type DirectoryUser } from '../directory/index.ts';
import { SyncError } from '../errors.ts';
import { createProgress } from '../github/index.ts';
import { compileMapping, type Mapping } from '../mapping/index.ts';
import { reserve } from '../reserved.ts';
import { toMicrosoft } from './connect.ts';
import { directoryQuery } from './directory-query.ts';
import type { Reading } from './read.ts';

/** Reads the users of the directory and maps them: all, or those whom the input `only` names. */
export async function readDirectory(reading: Reading): Promise<void> {
  if (reading.inputs.only.length === 0) await readEverybody(reading);
  else await readOnly(reading);
}

async function readEverybody(reading: Reading): Promise<void> {
  const { run, syncFile, onSecret, intake } = reading;
  const { graph } = toMicrosoft(reading, onSecret);
  const query = directoryQuery(syncFile, compileMapping(syncFile.rules, syncFile.scope));
  const progress = createProgress('Reading Microsoft Entra', 'users');
  let mapping: Mapping | undefined;
  for await (const page of readUsers(graph, query, (sentence) => { run.notice(sentence); }, clockUntil(reading.signal))) {
    // The first page is on its way while the instance tells its fields.
    const { apply } = (mapping ??= await mappingFor(reading));
    if (page.first) intake.restart();
    intake.take(page.users.length, page.users.flatMap((user) => apply(user) ?? []));
    progress(intake.users, undefined);
  }
  const { minUsers } = syncFile.source;
  if (intake.users < minUsers) {
    throw new SyncError('directory-incomplete', `Microsoft Entra gave ${intake.users} ${intake.users === 1 ? 'user' : 'users'}, fewer than the ${minUsers} that \`source.min-users\` asks for.`, {
      hint: `If that is right, lower \`source.min-users\`; if not, check ${narrowing(syncFile)} and \`tenant-id\`.`,
    });
  }
}

/** Users are mapped to the fields that the instance has. */
async function mappingFor({ resolved }: Reading): Promise<Mapping> {
  const { rules, scope } = await resolved;
  return compileMapping(rules, scope);
}

/** What of the sync file lets few users through. */
function narrowing({ source }: SyncFile): string {
  const others = [...(source.groups.length === 0 ? [] : ['`source.groups`']), ...(source.kind === 'entra' ? [] : ['`source.kind`'])];
  return ['`source.filter`', ...others].join(', ');
}

async function readOnly(reading: Reading): Promise<void> {
  const { run, inputs, syncFile, onSecret, intake } = reading;
  const { graph } = toMicrosoft(reading, onSecret);
  const query = { ...directoryQuery(syncFile, compileMapping(syncFile.rules, syncFile.scope)), only: inputs.only };
  const users: DirectoryUser[] = [];
  for await (const page of readUsers(graph, query, (sentence) => { run.notice(sentence); }, clockUntil(reading.signal))) users.push(...page.users);
  const mapping = await mappingFor(reading);
  intake.take(users.length, users.flatMap((user) => mapping.apply(user) ?? []));
  run.notice(`Only the users whom the input \`only\` names were read: ${users.length}. Nothing is said of anybody else.`);
  const unmatched = inputs.only.filter((entry) => !users.some((user) => isMeant(user, entry)));
  if (unmatched.length === 0) return;
  const entries = reserve(unmatched.join(', '), unmatched.length === 1 ? 'somebody' : `${unmatched.length} people`);
  run.warn(`The input \`only\` names ${entries}, and nobody whom the sync file reads answers to that.`);
}
