import type { InstanceField } from '../instance-field/index.ts';
import { unexpectedAnswer, type Oomnitza } from './client.ts';
import { orUnavailable } from './failure.ts';
import { describedField } from './described-field.ts';
import { isForeignSuccess } from './stranger.ts';

/**
 * Reads which fields people have and what they hold, by name. The call is known from the API's other objects only, so an
 * instance that does not have it gives `undefined`.
 *
 * @throws SyncError `authentication`, `permission` or `target-unavailable`
 */
export async function readFields(oomnitza: Oomnitza): Promise<ReadonlyMap<string, InstanceField> | undefined> {
  const doing = 'reading the fields of people';
  const answer = await orUnavailable(oomnitza.call({ method: 'GET', path: '/api/v3/users/meta', doing }));
  if ([400, 404, 405, 501].includes(answer.status)) return undefined;
  // A passing page in place of the metadata would have every field written unchecked.
  if (answer.status !== 200 || isForeignSuccess(answer)) throw unexpectedAnswer(answer, doing);
  const { json } = answer;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  const fields = new Map(Object.entries(json).map(([name, description]: [string, unknown]) => [name, describedField(name, description)]));
  // An answer without the two fields that every instance has describes something else.
  return fields.has('username') && fields.has('email') ? fields : undefined;
}
