import type { CreateDefault, FieldRule, Leavers, Limit, LimitName, Preference, SyncKey } from '../config/index.ts';
import type { CurrentRecord } from '../oomnitza/index.ts';
import type { Commons } from './commons.ts';
import type { SaasBasis } from './saas.ts';

/** What a plan holds users against. */
export interface PlanBasis {
  readonly rules: readonly FieldRule[];
  readonly defaults: readonly CreateDefault[];
  /** The first of the keys, where there is one. */
  readonly identity: SyncKey | undefined;
  /** Each names the field of a rule. */
  readonly syncKeys: readonly SyncKey[];
  readonly preference: Preference;
  readonly leavers: Leavers;
  readonly limits: Readonly<Record<LimitName, Limit>>;
  readonly protect: readonly string[];
  /** Where people are assigned to a SaaS application as well. */
  readonly assignments?: SaasBasis | undefined;
  /** Their values come in the order of the rules; behind them come those of `alsoRead`. */
  readonly current: readonly CurrentRecord[];
  /** A record with its values in that order, where they were read in another. */
  readonly view?: ((record: CurrentRecord) => CurrentRecord) | undefined;
  /** Fields that no rule gives, but which decide what is done. */
  readonly alsoRead: readonly string[];
  /** Not all users are asked for: who is missing then says nothing, and limits do not hold. */
  readonly isPartial: boolean;
  /** Where several plans are made over the same data. */
  readonly commons?: Commons | undefined;
  /** The day of the run in UTC, such as `2026-02-28`. */
  readonly today: string;
}

/** Fields that a plan looks at besides those of the rules. */
export function fieldsBesideRules({ rules, leavers: { disabled, missing, returning, marker }, protect }: Pick<PlanBasis, 'rules' | 'leavers' | 'protect'>): readonly string[] {
  const areLeaversSought = [disabled, missing, returning].some((action) => action !== 'ignore');
  const fields = [...(areLeaversSought ? ['suspended'] : []), ...(marker === undefined ? [] : [marker.field]), ...(protect.length === 0 ? [] : ['email'])];
  return fields.filter((name) => rules.every(({ field }) => field !== name));
}

/** Where the values of a record have a field; -1 where they have it not. */
export function columnOf({ rules, alsoRead }: Pick<PlanBasis, 'rules' | 'alsoRead'>, name: string): number {
  const column = rules.findIndex(({ field }) => field === name);
  const behind = alsoRead.indexOf(name);
  return column !== -1 || behind === -1 ? column : rules.length + behind;
}
