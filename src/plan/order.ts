import { normaliseKey } from './match.ts';
import { isWrite, type Plan, type PlanEntry } from './plan.ts';

/** A change with the changes that must be done before it may start. */
export interface OrderedWrite {
  readonly entry: PlanEntry;
  /** All of them stand earlier in the order. */
  readonly after: readonly PlanEntry[];
}

/**
 * Puts the changes into an order in which they can be written. A value that only one record may have has to be given
 * up by its old owner before the new one can take it. Where values go round in a circle no order works; one change of
 * the circle then starts regardless, and the instance refuses it.
 *
 * @param uniqueFields fields whose values the instance allows once
 */
export function writeOrder(plan: Plan, uniqueFields: ReadonlySet<string>): readonly OrderedWrite[] {
  const writes = plan.entries.filter(isWrite);
  const owners = ownersOfReleasedValues(writes, uniqueFields);
  const ordered: OrderedWrite[] = [];
  const state = new Map<PlanEntry, 'open' | 'done'>();

  // A chain of changes waiting for each other can be as long as the plan, too long for recursion.
  const stack: { entry: PlanEntry; waitsFor: readonly PlanEntry[]; next: number }[] = [];
  const enter = (entry: PlanEntry): void => {
    state.set(entry, 'open');
    stack.push({ entry, waitsFor: waitedFor(entry, owners, uniqueFields), next: 0 });
  };
  for (const write of writes) {
    if (!state.has(write)) enter(write);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const awaited = top.waitsFor[top.next++];
      if (awaited !== undefined) {
        if (!state.has(awaited)) enter(awaited);
        continue;
      }
      stack.pop();
      state.set(top.entry, 'done');
      ordered.push({ entry: top.entry, after: top.waitsFor.filter((other) => state.get(other) === 'done') });
    }
  }
  return ordered;
}

function ownersOfReleasedValues(writes: readonly PlanEntry[], uniqueFields: ReadonlySet<string>): ReadonlyMap<string, PlanEntry> {
  const owners = new Map<string, PlanEntry>();
  for (const entry of writes) {
    for (const { field, before } of entry.fields) {
      const value = normaliseKey(before);
      if (uniqueFields.has(field) && value !== '') owners.set(`${field}=${value}`, entry);
    }
  }
  return owners;
}

function waitedFor(entry: PlanEntry, owners: ReadonlyMap<string, PlanEntry>, uniqueFields: ReadonlySet<string>): readonly PlanEntry[] {
  const waitsFor: PlanEntry[] = [];
  for (const { field, after } of entry.fields) {
    const owner = uniqueFields.has(field) ? owners.get(`${field}=${normaliseKey(after)}`) : undefined;
    if (owner !== undefined && owner !== entry) waitsFor.push(owner);
  }
  return waitsFor;
}
