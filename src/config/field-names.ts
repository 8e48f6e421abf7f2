import type { Position, Problem } from '../errors.ts';
import { byCodePoint } from '../field-value.ts';
import type { InstanceField } from '../instance-field/index.ts';
import { identityHint } from './identity-checks.ts';
import { invalidSyncFile } from './invalid-sync-file.ts';
import { leaverProblems } from './leaver-checks.ts';
import { essentialFields, fieldNameFault, standardFields } from './oomnitza-fields.ts';
import { assignmentField, twoMeanings } from './saas-checks.ts';
import type { SyncFile } from './sync-file.ts';
import { listed, shown } from './wording.ts';

/** A place of the sync file that names a field. */
interface Place {
  readonly field: string;
  readonly position: Position;
}

/**
 * The sync file with every field by the name that the API knows it by: a person may have written its label. A name wins
 * over a label that is the same, and a rule of the user's over the preset's for the same field.
 *
 * @param fields what the instance tells of its fields, by name
 * @throws SyncError `invalid-sync-file` where a label is that of several fields, two keys mean the same field, or a field
 *   that has to have a value gets none; a label that no field has stays as it is
 */
export function withFieldNames(syncFile: SyncFile, fields: ReadonlyMap<string, InstanceField>): SyncFile {
  const names = new Names(fields);
  const written = { rules: syncFile.rules.filter(({ origin }) => origin === 'user'), defaults: syncFile.defaults.filter(({ origin }) => origin === 'user') };
  const own = names.resolved(written.rules);
  const ruled = new Set(own.map(({ field }) => field));
  const { identity, leavers } = syncFile;
  const resolved: SyncFile = {
    ...syncFile,
    identity: identity === undefined ? undefined : { ...identity, field: names.of(identity.field) },
    leavers: { ...leavers, marker: leavers.marker === undefined ? undefined : names.resolved([leavers.marker])[0] },
    syncKeys: names.resolved(syncFile.syncKeys),
    rules: [...own, ...syncFile.rules.filter(({ origin, field }) => origin === 'preset' && !ruled.has(field))].sort(byField),
    defaults: [...names.resolved(written.defaults), ...syncFile.defaults.filter(({ origin }) => origin === 'preset')].sort(byField),
  };
  const unstated = written.rules.filter(({ field, apply }) => field !== 'role' && names.of(field) === 'role' && apply === 'always').map(roleWithoutApply);
  const twoMeant = syncFile.saas === undefined ? [] : [...own, ...resolved.defaults].filter(({ field }) => field === assignmentField).map(({ position }) => ({ ...twoMeanings, position }));
  const problems = [...names.problems, ...unstated, ...twoMeant, ...identityNeededElsewhere(resolved), ...valuesMissing(resolved, syncFile), ...leaverProblems(resolved)];
  if (problems.length > 0) throw invalidSyncFile(problems);
  return resolved;
}

class Names {
  readonly problems: Problem[] = [];
  readonly #names: ReadonlySet<string>;
  readonly #byLabel: ReadonlyMap<string, readonly string[]>;
  /** By the label in small letters. */
  readonly #byAnyLetters: ReadonlyMap<string, readonly string[]>;

  constructor(fields: ReadonlyMap<string, InstanceField>) {
    this.#names = new Set([...standardFields, ...fields.keys()]);
    const labelled = [...fields.values()].flatMap(({ name, label }) => (label === undefined ? [] : [{ name, label }]));
    const by = (letters: (label: string) => string): ReadonlyMap<string, readonly string[]> =>
      new Map(Array.from(Map.groupBy(labelled, ({ label }) => letters(label)), ([label, found]) => [label, found.map(({ name }) => name)]));
    this.#byLabel = by((label) => label);
    this.#byAnyLetters = by((label) => label.toLowerCase());
  }

  /** Fields of a label; only where none has it in these letters, of one in others. */
  #labelled(text: string): readonly string[] {
    return this.#names.has(text) ? [] : (this.#byLabel.get(text) ?? this.#byAnyLetters.get(text.toLowerCase()) ?? []);
  }

  /** The name of the one field that is meant; what means none or several stays as it is. */
  of(text: string): string {
    const [name, ...others] = this.#labelled(text);
    return name === undefined || others.length > 0 ? text : name;
  }

  resolved<Named extends Place>(places: readonly Named[]): Named[] {
    const found = places.map((place) => ({ place, name: this.of(place.field) }));
    for (const { place, name } of found) {
      this.#report(place, name);
    }
    for (const [name, same] of Map.groupBy(found, (each) => each.name)) {
      const texts = [...new Set(same.map(({ place }) => place.field))];
      if (texts.length < 2) continue;
      for (const { place } of same) this.problems.push({ message: `${listed(texts)} are the same field, ${shown(name)}.`, hint: 'Keep one of them.', position: place.position });
    }
    return found.map(({ place, name }) => ({ ...place, field: name }));
  }

  #report({ field, position }: Place, name: string): void {
    const meant = this.#labelled(field);
    if (meant.length > 1) {
      this.problems.push({ message: `Several fields of the instance have the label ${shown(field)}: ${listed(meant.toSorted(byCodePoint))}.`, hint: 'Write the name of the one that is meant.', position });
    }
    const fault = name === field ? undefined : fieldNameFault(name);
    if (fault !== undefined) this.problems.push({ ...fault, position });
  }
}

/** Written by its label, such a field could not be told before. */
function identityNeededElsewhere({ identity }: SyncFile): Problem[] {
  return identity === undefined || !essentialFields.some((field) => field === identity.field) ? [] : [{ message: `\`identity\` cannot be ${shown(identity.field)}, which every person needs for something else.`, hint: identityHint, position: identity.position }];
}

function roleWithoutApply({ field, position }: Place): Problem {
  return {
    message: `${shown(field)} is the field \`role\`, and a rule for it must not be applied always by oversight: it would demote administrators to the role it gives.`,
    hint: 'Write `apply: on-create` or, if it is to be applied always, name the field `role` and state `apply: always`.',
    position,
  };
}

/** What could not be told before it was known which fields the labels mean. */
function valuesMissing({ rules, defaults, syncKeys, preference }: SyncFile, written: SyncFile): Problem[] {
  const ruled = new Set(rules.map(({ field }) => field));
  const given = new Set([...ruled, ...defaults.map(({ field }) => field)]);
  const keys = syncKeys.flatMap(({ field, position }, index): Problem[] => {
    if (ruled.has(field)) return [];
    return [{ message: `The sync key ${shown(written.syncKeys[index]?.field ?? field)} has no rule.`, hint: `Add a rule for ${shown(field)} under \`fields\`.`, position }];
  });
  if (preference === 'update-only') return keys;
  const position = { line: 1, column: 1 };
  const essentials = essentialFields
    .filter((field) => !given.has(field) && syncKeys.every((key) => key.field !== field))
    .map((field) => ({ message: `Nothing gives ${shown(field)} a value, and Oomnitza creates nobody without one.`, hint: `Add a rule for ${shown(field)} under \`fields\`.`, position }));
  return [...keys, ...essentials];
}

function byField(left: Place, right: Place): number {
  return byCodePoint(left.field, right.field);
}
