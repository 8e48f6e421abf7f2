import type { SyncFile } from '../config/index.ts';
import { clockUntil, filterClauses, Groups, mostMeant, readUsers, type DirectoryQuery, type DirectoryUser } from '../directory/index.ts';
import { SyncError } from '../errors.ts';
import type { Inputs } from '../inputs/index.ts';
import { compileMapping, explainRules, explainScope } from '../mapping/index.ts';
import { isWrite, type Plan } from '../plan/index.ts';
import { reserve } from '../reserved.ts';
import { outcomeSentences, type ClauseStory, type Explanation, type UserStory } from '../report/index.ts';
import { toMicrosoft } from './connect.ts';
import { directoryQuery } from './directory-query.ts';
import type { Intake } from './intake.ts';
import { readBothSides, type Reading } from './read.ts';
import type { Run } from './run.ts';
import { seeSharers } from './sharers.ts';

type Filter = NonNullable<DirectoryQuery['filter']>;

/** Each clause of a filter that does not match costs a request. */
const mostClauses = 10;

/** A user as read, and which parts of `source` let the user through. */
interface Found extends Pick<UserStory, 'filter' | 'groups' | 'devices'> {
  readonly user: DirectoryUser;
}

/**
 * Reads the one user whom the input `explain` names, and leaves in the run how that user went through the sync.
 *
 * @returns the plan for that user alone, empty for one whom the sync is not about
 */
export async function explain(run: Run, inputs: Inputs, syncFile: SyncFile, onSecret: (secret: string) => void): Promise<Plan> {
  const read: Found[] = [];
  const reading = await run.phase('Reading', () =>
    readBothSides(run, inputs, syncFile, onSecret, async (underway) => {
      const found = await findUser(underway);
      if (found !== undefined) read.push(found);
      const mapping = compileMapping(await underway.resolved);
      const users = found !== undefined && isLetThrough(found) ? [found.user] : [];
      underway.intake.take(users, mapping);
    }),
  );
  await seeSharers(reading, reading, new Map());
  const { intake } = reading;
  const plan = await run.phase('Planning', () => Promise.resolve(intake.finish()));
  const stories = read.map((found) => storyOf(found, run.resolved ?? syncFile, intake, plan));
  const explanation: Explanation = { asked: inputs.explain, user: stories[0] };
  run.explanation = explanation;
  return plan;
}

function isLetThrough({ filter, groups, devices }: Found): boolean {
  return filter?.matches !== false && (groups.length === 0 || groups.some(({ member }) => member)) && devices !== 0;
}

/** Asks for the user with each narrowing of `source` by itself, so that it can be told which of them shuts the user out. */
async function findUser({ run, inputs, syncFile, signal, onSecret }: Reading): Promise<Found | undefined> {
  const { graph } = toMicrosoft({ run, inputs, signal }, onSecret);
  const query = directoryQuery(syncFile, compileMapping(syncFile));
  const { filter, groups, kind, properties } = query;
  const open: DirectoryQuery = { ...query, kind: 'entra', filter: undefined, groups: [], only: [inputs.explain] };
  const ask = async (narrowed: DirectoryQuery): Promise<readonly DirectoryUser[]> => {
    const users: DirectoryUser[] = [];
    for await (const page of readUsers(graph, narrowed, (sentence) => { run.notice(sentence); }, clockUntil(signal))) users.push(...page.users);
    return users;
  };
  const meant = await ask(open);
  const user = mostMeant(meant, inputs.explain);
  if (user === undefined) return undefined;
  if (meant.length > 1) run.notice(`${meant.length} users answer to the input \`explain\`, and one of them is explained${reserve(`: ${String(user['userPrincipalName'])}`, '')}. A run on everybody may find them in conflict.`);
  // Each narrowing by itself, with no more properties than it takes.
  const alone = async (narrowing: Partial<DirectoryQuery>, names: RegExp): Promise<DirectoryUser | undefined> => {
    const users = await ask({ ...open, ...narrowing, properties: properties.filter(({ name }) => names.test(name)) });
    return users.find(({ id }) => id === user.id);
  };
  const matches = async (narrower: Filter): Promise<boolean> => (await alone({ filter: narrower, only: [user.id] }, /^$/)) !== undefined;
  const member = groups.length === 0 ? undefined : (await ask({ ...open, groups, properties: groups.slice(0, 1).map(({ position }) => ({ name: 'groups', position })) })).find(({ id }) => id === user.id);
  const memberships = membershipsOf(member);
  const found = groups.length === 0 ? undefined : await Groups.find(graph, query);
  const owner = kind === 'entra' ? undefined : await alone({ kind }, /^devices\./);
  const devices: unknown = owner?.['devices'] ?? [];
  return {
    user: { ...user, ...(groups.length === 0 ? {} : { groups: memberships }), ...(kind === 'entra' ? {} : { devices }) },
    filter: filter === undefined ? undefined : await filterStory(filter, matches),
    groups: groups.map(({ id }) => ({ id, name: found?.nameOf(id) ?? '', member: memberships.includes(id.toLowerCase()) })),
    devices: kind === 'entra' ? undefined : Array.isArray(devices) ? devices.length : 0,
  };
}

/** Only of a filter that shuts the user out is asked which clauses do. */
async function filterStory(filter: Filter, matches: (filter: Filter) => Promise<boolean>): Promise<Found['filter']> {
  const isMatch = await matches(filter);
  const texts = filterClauses(filter.text, mostClauses);
  const clauses: ClauseStory[] = [];
  for (const text of texts) {
    const isKnown = isMatch || texts.length === 1;
    clauses.push({ text, outcome: isKnown ? { matches: isMatch } : await outcomeAlone({ ...filter, text }, matches) });
  }
  return { matches: isMatch, clauses };
}

/** A clause that Graph takes together with the others, but not alone, is no reason to fail. */
async function outcomeAlone(clause: Filter, matches: (filter: Filter) => Promise<boolean>): Promise<ClauseStory['outcome']> {
  try {
    return { matches: await matches(clause) };
  } catch (thrown) {
    if (thrown instanceof SyncError && thrown.reason === 'invalid-sync-file') return { failure: thrown.message };
    throw thrown;
  }
}

function membershipsOf(member: DirectoryUser | undefined): readonly string[] {
  const groups: unknown = member?.['groups'];
  return Array.isArray(groups) ? groups.filter((id) => typeof id === 'string').map((id) => id.toLowerCase()) : [];
}

function storyOf(found: Found, { rules, scope, saas }: SyncFile, intake: Intake, plan: Plan): UserStory {
  const { user } = found;
  const conditions = explainScope(scope, user);
  const desired = compileMapping({ rules, scope: [], saas }).apply(user);
  if (desired === undefined) throw new TypeError('a mapping without a scope leaves nobody out');
  const letThrough = isLetThrough(found);
  return {
    ...found,
    properties: Object.entries(user).flatMap(([name, value]) => leavesOf(name, value)),
    scope: conditions,
    rules: explainRules(rules, user),
    match: intake.explain(desired),
    isWritten: plan.entries.some(isWrite),
    outcome: outcomeSentences(letThrough, conditions, plan),
  };
}

/** The values inside of a property, each by its path. */
function leavesOf(path: string, value: unknown): UserStory['properties'] {
  if (typeof value !== 'object' || value === null || (Array.isArray(value) && value.every((element) => typeof element !== 'object'))) return [{ name: path, value }];
  const inner = Array.isArray(value) ? value.map((element, index): [string, unknown] => [`${path}[${index}]`, element]) : Object.entries(value).map(([name, part]): [string, unknown] => [`${path}.${name}`, part]);
  return inner.flatMap(([name, part]) => leavesOf(name, part));
}
