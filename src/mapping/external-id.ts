import type { SourcePath } from '../config/index.ts';
import { InvalidValue } from '../converters/index.ts';
import type { DirectoryUser } from '../directory/index.ts';
import { isEmpty, textOf } from '../field-value.ts';
import { joined, valueAt } from './source.ts';

/** What a person's id in another application is; why there is none, where there is none. */
export type ExternalId = { readonly text: string } | { readonly fault: string };

/** @param path where it stands in directory users */
export function externalIdOf(user: DirectoryUser, path: SourcePath): ExternalId {
  const value = valueAt(user, path);
  if (value instanceof InvalidValue) return { fault: value.message };
  const text = textOf(joined(value)).trim();
  return isEmpty(text) ? { fault: `\`${path.text}\` is empty` } : { text };
}
