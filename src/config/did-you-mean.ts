import { closest } from '../closest.ts';
import { shown } from './wording.ts';

/** "Did you mean …?" with the {@link closest} name. */
export function didYouMean(text: string, names: Iterable<string>): string | undefined {
  const name = closest(text, names);
  return name === undefined ? undefined : `Did you mean ${shown(name)}?`;
}
