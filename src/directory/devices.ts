import { SyncError } from '../errors.ts';
import type { HttpAnswer } from '../http/index.ts';
import { graphRefusal } from './graph-failure.ts';
import type { Graph } from './graph.ts';
import { unpaced } from './pace.ts';
import type { Need } from './permissions.ts';
import { intuneLicence } from './refusal.ts';
import { toTheEnd, walkOnce, type Entry, type List } from './walk.ts';

/** A managed device: the properties that were asked for. */
export type Device = Readonly<Record<string, unknown>>;

/** What decides whose a device is, and in which order somebody's devices come. */
const alwaysRead = ['id', 'userId', 'enrolledDateTime'];
const nobody = new Set(['', '00000000-0000-0000-0000-000000000000']);

/**
 * Reads all devices that Intune manages. Devices without a user are counted and left out.
 *
 * @param properties what is kept of each
 * @returns for each user who has devices, by id, those devices: the one enrolled last comes first, so that the order
 *   changes only when a device comes or goes
 * @throws SyncError `permission` also for a tenant without Intune, `directory-incomplete`
 */
export async function readDevices(graph: Graph, properties: readonly string[], needs: readonly Need[], notice: (sentence: string) => void): Promise<ReadonlyMap<string, readonly Device[]>> {
  const list = deviceList(graph, [...new Set([...alwaysRead, ...properties])], needs);
  let owned = new Map<string, Owned[]>();
  let userless = 0;
  for await (const { page, first } of toTheEnd(() => walkOnce(list), notice)) {
    if (first) {
      owned = new Map();
      userless = 0;
    }
    for (const device of page) {
      const userId = device['userId'];
      const owner = typeof userId === 'string' ? userId.toLowerCase() : '';
      const kept = { id: device.id, enrolledAt: timeOf(device['enrolledDateTime']), device: pick(device, properties) };
      if (nobody.has(owner)) userless += 1;
      else owned.set(owner, [...(owned.get(owner) ?? []), kept]);
    }
  }
  if (userless > 0) notice(`${userless === 1 ? '1 managed device has no user and is' : `${userless} managed devices have no user and are`} left out.`);
  return new Map([...owned].map(([owner, devices]) => [owner, devices.sort(byEnrolment).map(({ device }) => device)]));
}

interface Owned {
  readonly id: string;
  readonly enrolledAt: number;
  readonly device: Device;
}

function byEnrolment(left: Owned, right: Owned): number {
  return right.enrolledAt - left.enrolledAt || (left.id < right.id ? -1 : 1);
}

/** Devices of which it is not known come last. */
function timeOf(value: unknown): number {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? 0 : time;
}

function pick(device: Entry, properties: readonly string[]): Device {
  return Object.fromEntries(properties.map((name) => [name, device[name] ?? null]));
}

function deviceList(graph: Graph, select: readonly string[], needs: readonly Need[]): List {
  return {
    graph,
    what: 'managed devices',
    needs,
    pace: unpaced,
    async first() {
      // Filters on the user are ignored without a word, so everything is read and sorted out here.
      const answer = await graph.get({ path: '/deviceManagement/managedDevices', parameters: { $select: select.join(',') } });
      if (answer.status === 400) throw withoutIntune(answer);
      return { answer, headers: {}, isCounted: false };
    },
  };
}

/** Graph has no code of its own for it: the query is the same in every tenant, so that Intune does not answer it means there is none. */
function withoutIntune(answer: HttpAnswer): SyncError {
  return new SyncError('permission', graphRefusal(answer, 'reading managed devices').message, { hint: intuneLicence });
}
