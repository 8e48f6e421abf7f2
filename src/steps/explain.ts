import type { SyncFile } from '../config/index.ts';
import { clockUntil, readChosen, type DirectoryQuery, type DirectoryUser } from '../directory/index.ts';
import type { Inputs } from '../inputs.ts';
import { compileMapping, explainRules, explainScope } from '../mapping/index.ts';
import type { Plan } from '../plan/index.ts';
import { outcomeSentences, type Explanation, type GroupStory, type UserStory } from '../report/index.ts';
import { toMicrosoft } from './connect.ts';
import { directoryQuery } from './directory-query.ts';
import type { Intake } from './intake.ts';
import { readBothSides, type Reading } from './read.ts';
import type { Run } from './run.ts';

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
  const intake = await run.phase('Reading', () =>
    readBothSides(run, inputs, syncFile, onSecret, async (reading) => {
      const found = await findUser(reading);
      if (found !== undefined) read.push(found);
      const { rules, scope } = await reading.resolved;
      const mapping = compileMapping(rules, scope);
      const users = found !== undefined && isLetThrough(found) ? [found.user] : [];
      reading.intake.take(users.length, users.flatMap((user) => mapping.apply(user) ?? []));
    }),
  );
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
  const { graph } = await toMicrosoft({ run, inputs, signal }, onSecret);
  const query = directoryQuery(syncFile, compileMapping(syncFile.rules, syncFile.scope));
  const open: DirectoryQuery = { ...query, kind: 'entra', filter: undefined, groups: [] };
  const ask = async (narrowed: DirectoryQuery): Promise<readonly DirectoryUser[]> => (await readChosen(graph, narrowed, [inputs.explain], clockUntil(signal))).users;
  const [user, ...others] = await ask(open);
  if (user === undefined) return undefined;
  if (others.length > 0) run.notice(`${others.length + 1} users answer to the input \`explain\`; the first of them is explained.`);
  const same = (users: readonly DirectoryUser[]): DirectoryUser | undefined => users.find(({ id }) => id === user.id);
  const { filter, groups, kind } = query;
  const filtered = filter === undefined ? undefined : same(await ask({ ...open, filter }));
  const memberships: GroupStory[] = [];
  for (const group of groups) memberships.push({ id: group.id, member: same(await ask({ ...open, groups: [group] })) !== undefined });
  const owner = kind === 'entra' ? undefined : same(await ask({ ...open, kind }));
  const devices: unknown = owner?.['devices'];
  return {
    user: {
      ...user,
      ...(groups.length === 0 ? {} : { groups: memberships.flatMap(({ id, member }) => (member ? [id] : [])) }),
      ...(kind === 'entra' ? {} : { devices: devices ?? [] }),
    },
    filter: filter === undefined ? undefined : { text: filter.text, matches: filtered !== undefined },
    groups: memberships,
    devices: kind === 'entra' ? undefined : Array.isArray(devices) ? devices.length : 0,
  };
}

function storyOf(found: Found, { rules, scope }: SyncFile, intake: Intake, plan: Plan): UserStory {
  const { user } = found;
  const conditions = explainScope(scope, user);
  const desired = compileMapping(rules, []).apply(user);
  if (desired === undefined) throw new TypeError('a mapping without a scope leaves nobody out');
  const letThrough = isLetThrough(found);
  return {
    ...found,
    properties: Object.entries(user).map(([name, value]) => ({ name, value })),
    scope: conditions,
    rules: explainRules(rules, user),
    match: intake.explain(desired),
    outcome: outcomeSentences(letThrough, conditions, plan),
  };
}
