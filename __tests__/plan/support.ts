import { parseSyncFile, type FieldRule, type Leavers, type Preference, type SyncFile } from '../../src/config/index.ts';
import type { FieldValue } from '../../src/field-value.ts';
import type { Presence } from '../../src/directory/index.ts';
import type { DesiredRecord, Flaw } from '../../src/mapping/index.ts';
import type { CurrentRecord } from '../../src/oomnitza/index.ts';
import { createPlanner, fieldsBesideRules, normaliseKey, type Plan, type PlanBasis } from '../../src/plan/index.ts';

const position = { line: 1, column: 1 };

/** What a sync file has that says nothing of leavers and limits. */
const { leavers: standardLeavers, limits: standardLimits } = parseSyncFile('version: 1\nsync-keys: [email]\n');

/** A basis and the users to hold against it. */
export interface PlanInput extends PlanBasis {
  readonly desired: readonly DesiredRecord[];
  /** Users who are read and out of scope. */
  readonly seen: readonly DesiredRecord[];
  /** Users whom the sync file does not ask for. */
  readonly hidden: readonly DesiredRecord[];
  /** What the directory says of ids that it did not give; of the others, that it never knew them. */
  readonly presence: Readonly<Record<string, Presence>>;
}

/** What the directory says of somebody who was deleted. */
export const deleted: Presence = { userPrincipalName: 'gone@example.com', isSucceeded: false };

export function buildPlan({ desired, seen, hidden, presence, ...basis }: PlanInput): Plan {
  const planner = createPlanner(basis);
  for (const user of desired) planner.add(user);
  for (const user of seen) planner.see(user);
  const answers = new Map(planner.candidates().map((id): [string, Presence] => [id, hidden.some(({ entraId }) => entraId === id) ? 'present' : (presence[id] ?? 'unknown')]));
  const { entraIds, keyTexts } = planner.suspects(answers);
  const columns = new Map(basis.rules.map(({ field }, column) => [field, column]));
  for (const user of hidden) {
    const isAskedFor = keyTexts.some(({ field, text }) => normaliseKey(user.values[columns.get(field) ?? -1] ?? null) === normaliseKey(text));
    if (isAskedFor && !entraIds.has(user.entraId)) planner.seeBeside(user);
  }
  return planner.finish(desired.length + seen.length, answers);
}

/** A rule whose source does not matter, since plans start from mapped values. */
export function rule(field: string, more: Partial<FieldRule> = {}): FieldRule {
  return {
    field,
    from: { kind: 'source', paths: [] },
    default: undefined,
    convert: undefined,
    required: false,
    apply: 'always',
    whenEmpty: 'keep',
    origin: 'user',
    position,
    ...more,
  };
}

interface Person {
  readonly enabled?: boolean;
  readonly flaws?: Flaw[];
  readonly id?: string;
  readonly outOfScope?: true;
  readonly userPrincipalName?: string;
}

/** A small world: rules by name, people as plain objects with the rules' fields. */
export class World {
  readonly rules: readonly FieldRule[];
  readonly keys: readonly string[];
  defaults: Record<string, string | number> = {};
  preference: Preference = 'create-and-update';
  /** The first of the keys is the identity. */
  hasIdentity = false;
  leavers: Leavers = standardLeavers;
  limits: SyncFile['limits'] = standardLimits;
  protect: readonly string[] = [];
  isPartial = false;
  readonly seen: DesiredRecord[] = [];
  readonly hidden: DesiredRecord[] = [];
  presence: Record<string, Presence> = {};
  readonly users: DesiredRecord[] = [];
  readonly records: CurrentRecord[] = [];

  constructor(rules: readonly FieldRule[], keys: readonly string[]) {
    this.rules = rules;
    this.keys = keys;
  }

  user(name: string, values: Record<string, FieldValue>, more: Person = {}): this {
    this.users.push(this.#desired(name, values, more));
    return this;
  }

  /** A user who is read and out of scope. */
  outsider(name: string, values: Record<string, FieldValue>, more: Person = {}): this {
    this.seen.push(this.#desired(name, values, more));
    return this;
  }

  /** A user whom the sync file does not ask for. */
  stranger(name: string, values: Record<string, FieldValue>, more: Person = {}): this {
    this.hidden.push(this.#desired(name, values, more));
    return this;
  }

  #desired(name: string, values: Record<string, FieldValue>, more: Person): DesiredRecord {
    return {
      entraId: more.id ?? `id-${name}`,
      userPrincipalName: more.userPrincipalName ?? `${name}@example.com`,
      enabled: more.enabled ?? true,
      values: this.rules.map(({ field }) => values[field] ?? null),
      flaws: more.flaws ?? [],
      ...(more.outOfScope === undefined ? {} : { outOfScope: more.outOfScope }),
    };
  }

  record(id: string, values: Record<string, FieldValue>, more: { archived?: boolean } = {}): this {
    this.records.push({
      userId: id,
      username: String(values['username'] ?? `user-${id}`),
      archived: more.archived ?? false,
      values: [...this.rules.map(({ field }) => field), ...this.#alsoRead].map((field) => values[field] ?? null),
    });
    return this;
  }

  flaw(field: string, reason: Flaw['reason']): Flaw {
    return { rule: this.rules.findIndex((candidate) => candidate.field === field), reason, message: `${field} is bad` };
  }

  get input(): PlanInput {
    return {
      rules: this.rules,
      defaults: Object.entries(this.defaults).map(([field, value]) => ({ field, value, origin: 'user' as const, position })),
      identity: this.hasIdentity ? { field: this.keys[0] ?? '', position } : undefined,
      syncKeys: this.keys.map((field) => ({ field, position })),
      preference: this.preference,
      leavers: this.leavers,
      limits: this.limits,
      protect: this.protect,
      isPartial: this.isPartial,
      today: '2026-02-28',
      alsoRead: this.#alsoRead,
      desired: this.users,
      seen: this.seen,
      hidden: this.hidden,
      presence: this.presence,
      current: this.records,
    };
  }

  /** Set `leavers` and `protect` before adding records. */
  get #alsoRead(): readonly string[] {
    return fieldsBesideRules(this);
  }
}
