import { limitNames, type Limit, type LimitName } from '../config/index.ts';
import { isEmpty } from '../field-value.ts';
import { howMany } from './how-many.ts';
import type { LimitCheck, PlanEntry } from './plan.ts';

/** Of fewer records a percentage says little: one person is more than the usual limits. */
const leastBase = 10;

/** How many records a plan is about. */
export interface Population {
  /** Records owned, or matched by a user in scope. */
  readonly base: number;
  readonly owned: number;
  /** Owned records that the directory did not give. */
  readonly unreturned: number;
}

/** Holds what would be written against each limit. */
export function checkLimits(limits: Readonly<Record<LimitName, Limit>>, entries: readonly PlanEntry[], { base, owned, unreturned }: Population): readonly LimitCheck[] {
  const count = (action: PlanEntry['action']): number => howMany(entries, (entry) => entry.action === action);
  const found: Readonly<Record<LimitName, { readonly actual: number; readonly base: number }>> = {
    creates: { actual: count('create'), base },
    updates: { actual: howMany(entries, (entry) => entry.action === 'update' && takesValueAway(entry)), base },
    suspends: { actual: count('suspend'), base },
    restores: { actual: count('restore'), base },
    shrink: { actual: unreturned, base: owned },
  };
  return limitNames.map((name) => ({ name, limit: limits[name].text, ...found[name], exceeded: isExceeded(limits[name], found[name]) }));
}

/** Filling what is empty can be undone by emptying it. */
function takesValueAway({ fields }: PlanEntry): boolean {
  return fields.some(({ before }) => !isEmpty(before));
}

/** In whole thousandths of a percent, the finest that a sync file can state, since fractions are not exact as floating-point numbers. */
function isExceeded({ count, percent }: Limit, { actual, base }: { readonly actual: number; readonly base: number }): boolean {
  if (count !== undefined && actual > count) return true;
  return percent !== undefined && base >= leastBase && actual * 100_000 > Math.round(percent * 1000) * base;
}
