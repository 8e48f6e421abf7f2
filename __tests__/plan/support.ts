import type { FieldRule, Preference } from '../../src/config/index.ts';
import type { FieldValue } from '../../src/field-value.ts';
import type { DesiredRecord, Flaw } from '../../src/mapping/index.ts';
import type { CurrentRecord } from '../../src/oomnitza/index.ts';
import { createPlanner, type Plan, type PlanBasis } from '../../src/plan/index.ts';

const position = { line: 1, column: 1 };

/** A basis and the users to hold against it. */
export interface PlanInput extends PlanBasis {
  readonly desired: readonly DesiredRecord[];
}

export function buildPlan({ desired, ...basis }: PlanInput): Plan {
  const planner = createPlanner(basis);
  for (const user of desired) planner.add(user);
  return planner.finish(desired.length);
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

/** A small world: rules by name, people as plain objects with the rules' fields. */
export class World {
  readonly rules: readonly FieldRule[];
  readonly keys: readonly string[];
  defaults: Record<string, string | number> = {};
  preference: Preference = 'create-and-update';
  readonly users: DesiredRecord[] = [];
  readonly records: CurrentRecord[] = [];

  constructor(rules: readonly FieldRule[], keys: readonly string[]) {
    this.rules = rules;
    this.keys = keys;
  }

  user(name: string, values: Record<string, FieldValue>, more: { enabled?: boolean; flaws?: Flaw[] } = {}): this {
    this.users.push({
      entraId: `id-${name}`,
      userPrincipalName: `${name}@example.com`,
      enabled: more.enabled ?? true,
      values: this.rules.map(({ field }) => values[field] ?? null),
      flaws: more.flaws ?? [],
    });
    return this;
  }

  record(id: string, values: Record<string, FieldValue>, more: { archived?: boolean } = {}): this {
    this.records.push({
      userId: id,
      username: String(values['username'] ?? `user-${id}`),
      archived: more.archived ?? false,
      values: this.rules.map(({ field }) => values[field] ?? null),
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
      syncKeys: this.keys.map((field) => ({ field, position })),
      preference: this.preference,
      desired: this.users,
      current: this.records,
    };
  }
}
