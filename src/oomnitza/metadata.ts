import { orUnavailable, unexpectedAnswer, type Oomnitza } from './client.ts';

/** The names of the fields that the instance's people have. */
export type FieldNames = ReadonlySet<string>;

/**
 * Reads which fields people have. The call is known from the API's other objects only, so an instance that does not
 * have it gives `undefined`.
 *
 * @throws SyncError `authentication`, `permission` or `target-unavailable`
 */
export async function readFieldNames(oomnitza: Oomnitza): Promise<FieldNames | undefined> {
  const doing = 'reading the fields of people';
  const answer = await orUnavailable(oomnitza.call({ method: 'GET', path: '/api/v3/users/meta', doing }));
  if ([400, 404, 405, 501].includes(answer.status)) return undefined;
  if (answer.status !== 200) throw unexpectedAnswer(answer, doing);
  const { json } = answer;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  const names = Object.keys(json);
  // An answer without the two fields that every instance has describes something else.
  return names.includes('username') && names.includes('email') ? new Set(names) : undefined;
}
