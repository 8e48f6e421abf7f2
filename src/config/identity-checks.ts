import { closest } from '../closest.ts';
import type { Problem } from '../errors.ts';
import { essentialFields } from './oomnitza-fields.ts';
import { syncFileSchema } from './schema.ts';
import { shown } from './wording.ts';
import { elementsOf, entriesOf, entryOf, positionAt, textOfNode, type YamlNode } from './yaml-node.ts';

const needed: ReadonlySet<string> = new Set([...essentialFields, 'suspended']);

export const identityHint = 'Name a text field of your instance that is unique and holds nothing but the Entra id, such as `entra_object_id`.';

/**
 * Checks what finds records: that there is a key at all, and that `identity` is neither a sync key as well nor has a rule of
 * its own. Files with other problems are checked as well, so that all come out at once.
 */
export function identityProblems(root: YamlNode): Problem[] {
  if (root.kind !== 'mapping') return [];
  const identity = textOfNode(entryOf(root, 'identity')?.value);
  if (identity === undefined) return keyMissing(root);
  const listedAgain = elementsOf(entryOf(root, 'sync-keys')?.value).filter((node) => textOfNode(node) === identity);
  const rule = entryOf(entryOf(root, 'fields')?.value, identity);
  if (needed.has(identity)) return [{ message: `\`identity\` cannot be ${shown(identity)}, which every person needs for something else.`, hint: identityHint, position: positionAt(root, ['identity']) }];
  return [
    ...listedAgain.map(({ position }) => ({ message: `${shown(identity)} is the \`identity\` already, which is tried before all sync keys.`, hint: 'Remove it here.', position })),
    ...(rule === undefined ? [] : [{ message: `The sync itself writes the Entra id to ${shown(identity)}, since that is the \`identity\`.`, hint: 'Remove this rule.', position: rule.keyPosition }]),
  ];
}

function keyMissing(root: YamlNode): Problem[] {
  const names = entriesOf(root).map(([name]) => name);
  if (names.some((name) => name === 'sync-keys' || name === 'identity')) return [];
  // Beside its misspelling, a missing key would be the same slip told twice.
  const known = Object.keys(syncFileSchema.shape);
  const isMisspelt = names.some((name) => !known.includes(name) && ['sync-keys', 'identity'].includes(closest(name, known) ?? ''));
  const hint = 'It takes a list of Oomnitza fields, such as `[email]`. With `identity`, it may be left out.';
  return isMisspelt ? [] : [{ message: '`sync-keys` is missing.', hint, position: { line: 1, column: 1 } }];
}
