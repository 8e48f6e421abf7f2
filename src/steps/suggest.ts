import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFilePath, type InstanceFields } from '../config/index.ts';
import { clockUntil, countUsers, readUsers, type DirectoryUser, type Graph } from '../directory/index.ts';
import { SyncError } from '../errors.ts';
import { createProgress } from '../github/index.ts';
import type { Inputs } from '../inputs/index.ts';
import { unknownFields } from '../instance-field/index.ts';
import { probe, readFields, readRecords, type CurrentRecords, type Oomnitza } from '../oomnitza/index.ts';
import { allNames, countedBy, fieldsToCompare, PeopleFinder, sharesOf, suggest as suggestFrom, usualNames, type Shares, type Suggestion } from '../suggest/index.ts';
import { toMicrosoft, toOomnitza } from './connect.ts';
import type { Run } from './run.ts';
import { workspaceFolder } from './sync-file.ts';

/** Users looked at: enough to see what agrees, and one page of Graph. */
const sampleSize = 500;

/** What a suggestion is asked with. */
interface Asking {
  readonly run: Run;
  readonly inputs: Inputs;
  readonly signal: AbortSignal;
  readonly onSecret: (secret: string) => void;
}

/** A part of the directory. */
interface Sample {
  readonly users: readonly DirectoryUser[];
  readonly shares: Shares;
}

/**
 * Reads a sample of the directory and the people of the instance, and leaves in the run a sync file that fits both. There
 * need not be one before; one that there is is not read. Where neither side may be asked, it says so and leaves nothing.
 *
 * @throws SyncError where either side cannot be read
 */
export async function suggest(run: Run, inputs: Inputs, onSecret: (secret: string) => void): Promise<void> {
  const untrusted = run.event?.untrusted;
  if (untrusted !== undefined) {
    run.notice(`This is ${untrusted}, where neither Microsoft nor Oomnitza is asked, so nothing can be suggested. Start the workflow by hand (\`workflow_dispatch\`) on a branch of this repository.`);
    return;
  }
  if (await isThere(inputs.syncFile)) run.notice(`${inputs.syncFile} is there already. It was not read, and has no part in what is suggested.`);
  const failed = new AbortController();
  const asking = { run, inputs, signal: AbortSignal.any([run.signal, failed.signal]), onSecret };
  const oomnitza = toOomnitza(asking, onSecret);
  const [sample, described] = await run.phase('Reading', async () => {
    try {
      return await Promise.all([readSample(asking), meetInstance(oomnitza)]);
    } catch (thrown) {
      failed.abort(thrown);
      throw thrown;
    }
  });
  run.suggestion = await run.phase('Comparing', () => compared(sample, described, oomnitza, asking));
}

async function isThere(syncFile: string): Promise<boolean> {
  const workspace = workspaceFolder();
  const path = await syncFilePath(workspace, syncFile);
  return await access(join(workspace, path)).then(() => true, () => false);
}

async function meetInstance(oomnitza: Oomnitza): Promise<InstanceFields | undefined> {
  await probe(oomnitza);
  return await readFields(oomnitza);
}

async function compared({ users, shares }: Sample, described: InstanceFields | undefined, oomnitza: Oomnitza, { run, inputs }: Asking): Promise<Suggestion> {
  const finder = new PeopleFinder(users);
  const read = (names: readonly string[]): Promise<CurrentRecords> =>
    readRecords(oomnitza, {
      fields: names,
      isWanted: (record) => finder.isWanted(record),
      concurrency: inputs.concurrency,
      onProgress: createProgress('Reading Oomnitza', 'people'),
      notice: (sentence) => { run.notice(sentence); },
    });
  const fields = described ?? unknownFields((await read([])).fields);
  if (described === undefined) {
    run.notice('This Oomnitza instance does not tell which fields it has: those that its people show are compared, and neither labels nor types nor which fields are unique are known.');
  }
  const wanted = fieldsToCompare(fields).map(({ name }) => name);
  const { records } = await read(wanted);
  const pairs = finder.pairs(records, wanted.indexOf('email'));
  if (users.length === 0) run.notice('Microsoft Graph gave no user at all, so all suggestions go by names alone.');
  else if (pairs.length === 0) run.notice('Nobody was found on both sides by mail address or user name, so all suggestions go by names alone.');
  return suggestFrom({ users, pairs, fields, isDescribed: described !== undefined, shares });
}

/** Enabled users first: their values are kept with more care than those of people who left. */
async function readSample(asking: Asking): Promise<Sample> {
  const { graph } = toMicrosoft(asking, asking.onSecret);
  const { users: enabled, names } = await readEnabled(graph, asking);
  const others = enabled.length < sampleSize ? await readSome(graph, names, false, sampleSize - enabled.length, asking) : [];
  const users = [...enabled, ...others];
  const fromSample = sharesOf(users, { isWhole: users.length < sampleSize, isEnabledOnly: enabled.length === sampleSize });
  return { users, shares: fromSample.isSample ? await countAll(graph, fromSample) : fromSample };
}

/** Asks for all properties; a tenant may refuse one that others have, and then the usual ones have to do. */
async function readEnabled(graph: Graph, asking: Asking): Promise<{ readonly users: readonly DirectoryUser[]; readonly names: readonly string[] }> {
  try {
    return { users: await readSome(graph, allNames, true, sampleSize, asking), names: allNames };
  } catch (thrown) {
    if (!isAboutProperties(thrown)) throw thrown;
    const users = await readSome(graph, usualNames, true, sampleSize, asking);
    asking.run.notice('Microsoft Graph refused some properties of users, so only those that every tenant has were looked at.');
    return { users, names: usualNames };
  }
}

/** What Graph could not be asked for at all would be refused again. */
function isAboutProperties(thrown: unknown): boolean {
  return thrown instanceof SyncError && ['permission', 'directory-incomplete'].includes(thrown.reason) && thrown.cause === undefined;
}

async function readSome(graph: Graph, names: readonly string[], enabled: boolean, most: number, { run, signal }: Asking): Promise<readonly DirectoryUser[]> {
  // There is no sync file that asks for anything, and its first line is as good a place as any.
  const position = { line: 1, column: 1 };
  const query = {
    kind: 'entra' as const,
    properties: names.map((name) => ({ name, position })),
    filter: { text: `accountEnabled eq ${enabled}`, position },
    groups: [],
    most,
  };
  let users: DirectoryUser[] = [];
  try {
    for await (const page of readUsers(graph, query, (sentence) => { run.notice(sentence); }, clockUntil(signal))) {
      if (page.first) users = [];
      users.push(...page.users);
    }
  } catch (thrown) {
    throw thrown instanceof SyncError && thrown.reason === 'invalid-sync-file' ? refused(thrown) : thrown;
  }
  return users.slice(0, most);
}

/** There is no sync file that could be to blame. */
function refused({ message }: SyncError): SyncError {
  return new SyncError('directory-incomplete', message, { hint: 'Check that `graph-url` is the domain of Microsoft Graph; if it is, report this as a fault of the action.' });
}

/** Of a directory that is larger than the sample, Graph counts; where it does not, the sample has to do. */
async function countAll(graph: Graph, sample: Shares): Promise<Shares> {
  const [users, guests, disabled, withoutMail] = await Promise.all([
    countUsers(graph),
    ...[countedBy.guests, countedBy.disabled, countedBy.withoutMail].map((filter) => countUsers(graph, filter)),
  ]);
  if (users === undefined) return sample;
  return { users, guests, disabled, withoutMail, isSample: false };
}
