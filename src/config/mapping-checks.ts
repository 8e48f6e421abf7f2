import type { Position, Problem } from '../errors.ts';
import { didYouMean } from './did-you-mean.ts';
import { essentialFields, fieldNameFault, mayBeLabel } from './oomnitza-fields.ts';
import { presetNames, presets, standardDefaults } from './presets.ts';
import { sourceKinds } from './sync-file.ts';
import { shown } from './wording.ts';
import { elementsOf, entriesOf, entryOf, nearestKeyPosition, textOfNode, type YamlEntry, type YamlNode } from './yaml-node.ts';

/** What of a sync file decides which fields get a value. */
interface Mapping {
  /** `undefined` where the file names none that there is. */
  readonly preset: ReadonlyMap<string, readonly string[]> | undefined;
  /** What the file has under `fields`. */
  readonly written: ReadonlyMap<string, YamlEntry>;
  /** Those of them that are `null`. */
  readonly removed: ReadonlyMap<string, YamlEntry>;
  /** Fields that have a rule, the user's, the preset's or that of `identity`. */
  readonly ruled: ReadonlySet<string>;
  /** Where each is listed first. */
  readonly syncKeys: ReadonlyMap<string, Position>;
}

/**
 * Checks what takes several parts of a sync file together: that username, email, role and each sync key get a value,
 * that only rules of the preset are removed, that no sync key and no group is listed twice, and that nobody's role is overwritten by
 * oversight. Files with other problems are checked as well, so that all come out at once.
 */
export function mappingProblems(root: YamlNode): Problem[] {
  const mapping = mappingOf(root);
  const problems = [...removalsOfNothing(mapping), ...roleWithoutApply(mapping), ...repeatedSyncKeys(root), ...repeatedGroups(root)];
  // Which field a label means is known only to the instance, which is asked later.
  const { written, syncKeys } = mapping;
  const defaulted = entriesOf(entryOf(root, 'defaults')?.value).map(([field]) => field);
  if ([...written.keys(), ...syncKeys.keys(), ...defaulted].some(mayBeLabel)) return problems;
  const isKnown = mapping.preset !== undefined && ['fields', 'defaults'].every((key) => isMappingOrAbsent(entryOf(root, key)));
  return isKnown ? [...problems, ...syncKeysWithoutRule(mapping), ...essentialsWithoutValue(root, mapping)] : problems;
}

function mappingOf(root: YamlNode): Mapping {
  const presetEntry = entryOf(root, 'preset');
  const kindEntry = entryOf(entryOf(root, 'source')?.value, 'kind');
  const kind = kindEntry === undefined ? 'entra' : sourceKinds.find((name) => name === textOfNode(kindEntry.value));
  const presetName = presetEntry === undefined ? kind : presetNames.find((name) => name === textOfNode(presetEntry.value));
  const preset = presetName === undefined ? undefined : presets[presetName];
  const written = new Map(entriesOf(entryOf(root, 'fields')?.value));
  const removed = new Map([...written].filter(([, { value }]) => isNull(value)));
  const identity = textOfNode(entryOf(root, 'identity')?.value);
  const ruled = new Set([...(preset?.keys() ?? []), ...written.keys()].filter((field) => !removed.has(field)));
  if (identity !== undefined) ruled.add(identity);
  const syncKeys = new Map<string, Position>();
  for (const node of elementsOf(entryOf(root, 'sync-keys')?.value)) {
    const field = textOfNode(node);
    if (field !== undefined && fieldNameFault(field) === undefined && !syncKeys.has(field)) syncKeys.set(field, node.position);
  }
  return { preset, written, removed, ruled, syncKeys };
}

function isNull(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function isMappingOrAbsent(entry: YamlEntry | undefined): boolean {
  return entry === undefined || entry.value.kind === 'mapping';
}

function removalsOfNothing({ preset, removed }: Mapping): Problem[] {
  if (preset === undefined) return [];
  return [...removed].flatMap(([field, { value }]) => {
    if (preset.has(field)) return [];
    const hint = didYouMean(field, preset.keys()) ?? 'Remove the line, or write a rule.';
    return { message: `${shown(`${field}: null`)} removes a rule of the preset, which has none for it.`, hint, position: value.position };
  });
}

function roleWithoutApply({ written }: Mapping): Problem[] {
  const role = written.get('role');
  const text = textOfNode(role?.value);
  const isRule = text !== undefined || role?.value.kind === 'list' || role?.value.kind === 'mapping';
  if (role === undefined || !isRule || entryOf(role.value, 'apply') !== undefined) return [];
  const example = text === undefined ? 'apply: on-create' : `role: { source: ${text}, apply: on-create }`;
  return [
    {
      message: 'The rule for `role` must state `apply`: by default it would demote administrators to the role it gives.',
      hint: `Write ${shown(example)}, or \`apply: always\` if that is what you want.`,
      position: role.keyPosition,
    },
  ];
}

function repeatedSyncKeys(root: YamlNode): Problem[] {
  return repeated('sync key', entryOf(root, 'sync-keys')?.value, (field) => field);
}

function repeatedGroups(root: YamlNode): Problem[] {
  return repeated('group', entryOf(entryOf(root, 'source')?.value, 'groups')?.value, (id) => id.toLowerCase());
}

function repeated(what: string, list: YamlNode | undefined, keyOf: (text: string) => string): Problem[] {
  const seen = new Set<string>();
  return elementsOf(list).flatMap((node) => {
    const text = textOfNode(node);
    if (text === undefined) return [];
    const problem = { message: `The ${what} ${shown(text)} is listed already.`, hint: 'Keep the first of them.', position: node.position };
    const problems = seen.has(keyOf(text)) ? [problem] : [];
    seen.add(keyOf(text));
    return problems;
  });
}

function syncKeysWithoutRule({ removed, ruled, syncKeys }: Mapping): Problem[] {
  return [...syncKeys].flatMap(([field, position]) => {
    if (ruled.has(field)) return [];
    const removal = removed.get(field);
    if (removal !== undefined) {
      const message = `The sync key ${shown(field)} has no rule: line ${removal.value.position.line} removes it with \`null\`.`;
      return [{ message, hint: 'Remove that line, or use another sync key.', position }];
    }
    return [{ message: `The sync key ${shown(field)} has no rule.`, hint: didYouMean(field, ruled) ?? ruleHint(field), position }];
  });
}

function essentialsWithoutValue(root: YamlNode, { removed, ruled, syncKeys }: Mapping): Problem[] {
  const preference = entryOf(root, 'preference');
  const creates = preference === undefined || ['create-and-update', 'create-only'].includes(textOfNode(preference.value) ?? '');
  if (!creates) return [];
  const defaults = entryOf(root, 'defaults');
  const defaulted = new Set(defaults === undefined ? Object.keys(standardDefaults) : entriesOf(defaults.value).map(([field]) => field));
  // A sync key without a rule is told of where it is listed.
  return essentialFields
    .filter((field) => !ruled.has(field) && !defaulted.has(field) && !syncKeys.has(field))
    .map((field) => ({
      message: `Nothing gives ${shown(field)} a value, and Oomnitza creates nobody without one.`,
      hint: removed.has(field) ? 'Write a rule instead of `null`.' : essentialHint(field),
      position: removed.get(field)?.value.position ?? nearestKeyPosition(root, ['fields']),
    }));
}

function essentialHint(field: (typeof essentialFields)[number]): string {
  return field === 'role' ? 'Add `role: 25` under `defaults`, or a rule under `fields`.' : ruleHint(field);
}

function ruleHint(field: string): string {
  const [path] = presets.entra.get(field) ?? ['<source path>'];
  return `Add ${shown(`${field}: ${path}`)} under \`fields\`.`;
}
