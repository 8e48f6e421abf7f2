import { SyncError } from '../errors.ts';
import type { FieldValue } from '../field-value.ts';
import { callForAnswer, type Oomnitza } from './client.ts';
import { fieldValue } from './record.ts';

const pageSize = 500;

/**
 * Reads all locations of the instance, each with its fields by name. That the list has pages is known from the list of
 * people only, so an instance that gives all at once is good as well.
 *
 * @throws SyncError `authentication`, `permission` or `target-unavailable`
 */
export async function readLocations(oomnitza: Oomnitza): Promise<readonly Readonly<Record<string, FieldValue>>[]> {
  const found = new Map<string, Readonly<Record<string, FieldValue>>>();
  for (let skip = 0; ; ) {
    const answer = await callForAnswer(oomnitza, {
      method: 'GET',
      path: '/api/v3/locations',
      parameters: { limit: String(pageSize), skip: String(skip) },
      doing: 'reading locations',
      right: 'see locations, which the converter `location` of the sync file needs',
    });
    const { json } = answer;
    if (!Array.isArray(json)) {
      throw new SyncError('target-unavailable', 'Oomnitza answered with something that is no list of locations.', {
        hint: 'If a proxy stands between, look at what it answers. Without the converter `location`, locations are not read.',
      });
    }
    const known = found.size;
    for (const element of json) found.set(JSON.stringify(element), locationOf(element));
    skip += json.length;
    const total = answer.headers.get('x-total-count') ?? '';
    // Nothing new is an empty page, or the whole list once more.
    if (found.size === known || (/^\d{1,15}$/.test(total) && skip >= Number(total))) return [...found.values()];
  }
}

function locationOf(element: unknown): Readonly<Record<string, FieldValue>> {
  if (typeof element !== 'object' || element === null) return {};
  return Object.fromEntries(Object.entries(element).map(([name, value]: [string, unknown]) => [name, fieldValue(value)]));
}
