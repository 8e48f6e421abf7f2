import type { InstanceField } from '../instance-field/index.ts';
import { commonNames } from './common-names.ts';
import { directoryProperties, type DirectoryProperty } from './directory-property.ts';

/** From here on a name is taken for a hint. */
export const alike = 0.8;

/** How alike the name or the label of a field is to what each directory property is called, from 0 to 1. */
export function likenessOf({ name, label }: Pick<InstanceField, 'name' | 'label'>): (property: DirectoryProperty) => number {
  const own = [name, ...(label === undefined ? [] : [label])].map(wordsOf);
  return ({ path }) => Math.max(0, ...own.flatMap((words) => (calledByPath.get(path) ?? []).map((others) => likenessOfWords(words, others))));
}

function likenessOfWords(words: readonly string[], others: readonly string[]): number {
  if (words.length === 0) return 0;
  if (words.join(' ') === others.join(' ')) return 1;
  const left = withoutFillers(words, others);
  const isTelling = left.length > 1 || !vague.has(left[0] ?? '');
  return isTelling && left.join(' ') === withoutFillers(others, words).join(' ') ? 0.85 : 0;
}

/** The words but for fillers that the other name does without. */
function withoutFillers(words: readonly string[], others: readonly string[]): readonly string[] {
  return words.filter((word) => !fillers.has(word) || others.includes(word));
}

/** Words for the same. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ['aad', 'entra'],
  ['ad', 'entra'],
  ['azure', 'entra'],
  ['cell', 'mobile'],
  ['cellphone', 'mobile'],
  ['centre', 'center'],
  ['dept', 'department'],
  ['guid', 'id'],
  ['identifier', 'id'],
  ['mail', 'email'],
  ['no', 'id'],
  ['nr', 'id'],
  ['num', 'id'],
  ['number', 'id'],
  ['oid', 'object id'],
  ['org', 'organization'],
  ['organisation', 'organization'],
  ['phones', 'phone'],
  ['supervisor', 'manager'],
  ['tel', 'phone'],
  ['telephone', 'phone'],
  ['uuid', 'id'],
]);

/** Words that say little beside others. */
const fillers: ReadonlySet<string> = new Set(['business', 'company', 'current', 'custom', 'employee', 'entra', 'field', 'hr', 'microsoft', 'official', 'people', 'person', 'primary', 'staff', 'user', 'work']);

/** Words that say little when nothing but fillers stood beside them. */
const vague: ReadonlySet<string> = new Set(['', 'id', 'name', 'type']);

/** `costCentre`, `cost_center` and `Cost Center` are the same words. */
function wordsOf(text: string): readonly string[] {
  const words = text
    .replaceAll(/(\p{Ll}|\d)(?=\p{Lu})|(\p{L})(?=\d)/gu, '$1$2 ')
    .toLowerCase()
    .replaceAll(/e-mail/g, 'email')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .flatMap((word) => (synonyms.get(word) ?? word).split(' '));
  return words.filter((word, index) => word !== words[index - 1]);
}

/** The names of each directory property, in words, by its path. */
const calledByPath: ReadonlyMap<string, readonly (readonly string[])[]> = new Map(
  directoryProperties.map(({ path, steps }) => {
    const [last = ''] = steps.filter((step) => typeof step === 'string').slice(-1);
    const names = [steps[0] === 'manager' ? `manager ${last}` : last, ...(commonNames.get(path) ?? [])];
    return [path, names.map(wordsOf)];
  }),
);
