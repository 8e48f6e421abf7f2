import { orUnavailable, unexpectedAnswer, type Oomnitza } from './client.ts';

/** The names of fields of the instance's people. */
export type FieldNames = ReadonlySet<string>;

/** What an instance tells of the fields that its people have. */
export interface InstanceFields {
  readonly names: FieldNames;
  /** Those of which no two people may have the same value. */
  readonly unique: FieldNames;
}

/**
 * Reads which fields people have. The call is known from the API's other objects only, so an instance that does not
 * have it gives `undefined`.
 *
 * @throws SyncError `authentication`, `permission` or `target-unavailable`
 */
export async function readFields(oomnitza: Oomnitza): Promise<InstanceFields | undefined> {
  const doing = 'reading the fields of people';
  const answer = await orUnavailable(oomnitza.call({ method: 'GET', path: '/api/v3/users/meta', doing }));
  if ([400, 404, 405, 501].includes(answer.status)) return undefined;
  if (answer.status !== 200) throw unexpectedAnswer(answer, doing);
  const { json } = answer;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  const fields: readonly (readonly [string, unknown])[] = Object.entries(json);
  const names = new Set(fields.map(([name]) => name));
  // An answer without the two fields that every instance has describes something else.
  if (!names.has('username') || !names.has('email')) return undefined;
  return { names, unique: new Set(fields.flatMap(([name, field]) => (isUnique(field) ? [name] : []))) };
}

/** How the mark is spelt is not documented. */
function isUnique(field: unknown): boolean {
  if (typeof field !== 'object' || field === null) return false;
  const mark: unknown = Reflect.get(field, 'unique');
  return mark === true || mark === 1 || (typeof mark === 'string' && ['true', '1', 'yes'].includes(mark.trim().toLowerCase()));
}
