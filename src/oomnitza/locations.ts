import { SyncError } from '../errors.ts';
import type { FieldValue } from '../field-value.ts';
import { unexpectedAnswer, type Oomnitza } from './client.ts';
import { orUnavailable } from './failure.ts';
import { fieldValue } from './record.ts';
import { isWebPage } from './stranger.ts';

const pageSize = 500;
/** More than any instance has; a list that never comes to an end is not followed for ever. */
const mostLocations = 1_000_000;
const doing = 'reading locations';
const hint = 'If a proxy stands between, look at what it answers. Without the converter `location`, locations are not read.';

/**
 * Reads all locations of the instance, each with its fields by name. That the list has pages is known from the list of
 * people only, so an instance that gives all at once is good as well.
 *
 * @throws SyncError `authentication`, `permission` or `target-unavailable`
 */
export async function readLocations(oomnitza: Oomnitza): Promise<readonly Readonly<Record<string, FieldValue>>[]> {
  const found = new Map<string, Readonly<Record<string, FieldValue>>>();
  for (let skip = 0; ; ) {
    const parameters = { limit: String(pageSize), skip: String(skip) };
    const right = 'see locations, which the converter `location` of the sync file needs';
    const answer = await orUnavailable(oomnitza.call({ method: 'GET', path: '/api/v3/locations', parameters, doing, right }));
    if (answer.status === 404 && !isWebPage(answer)) {
      throw new SyncError('target-unavailable', 'This Oomnitza instance has no list of locations (404).', { hint: 'Remove the converter `location` from the sync file: without it, locations are not read.' });
    }
    if (answer.status < 200 || answer.status > 299) throw unexpectedAnswer(answer, doing);
    const { json } = answer;
    if (!Array.isArray(json)) throw new SyncError('target-unavailable', 'Oomnitza answered with something that is no list of locations.', { hint });
    const known = found.size;
    for (const element of json) found.set(JSON.stringify(element), locationOf(element));
    skip += json.length;
    if (skip > mostLocations) throw new SyncError('target-unavailable', `Oomnitza’s list of locations has no end: ${skip} were read.`, { hint });
    const total = answer.headers.get('x-total-count') ?? '';
    // Nothing new is an empty page, or the whole list once more.
    if (found.size === known || (/^\d{1,15}$/.test(total) && skip >= Number(total))) return [...found.values()];
  }
}

function locationOf(element: unknown): Readonly<Record<string, FieldValue>> {
  if (typeof element !== 'object' || element === null) return {};
  return Object.fromEntries(Object.entries(element).map(([name, value]: [string, unknown]) => [name, fieldValue(value)]));
}
