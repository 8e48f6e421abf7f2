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
 * up by its old owner before the new one can take it. Of several that take it, the first of the plan does so first, so
 * that it is not chance who is refused. Where values go round in a circle no order works; one change of the circle then
 * starts regardless, and the instance refuses it.
 *
 * Suspends come last, so that a run that ends early has taken nobody's access away for nothing, and each of them after the other
 * change of the same person, which may rename the record.
 *
 * @param uniqueFields fields whose values the instance allows once
 */
export function writeOrder(plan: Plan, uniqueFields: ReadonlySet<string>): readonly OrderedWrite[] {
  const changes = plan.entries.filter(isWrite);
  const writes = [...changes.filter(({ action }) => action !== 'suspend'), ...changes.filter(({ action }) => action === 'suspend')];
  const updates = new Map(writes.flatMap((entry) => (entry.action === 'update' ? [[entry.oomnitzaId, entry] as const] : [])));
  const owners = byValue('before', writes, uniqueFields);
  const takers = byValue('after', writes, uniqueFields);
  const waitedFor = (entry: PlanEntry): readonly PlanEntry[] => {
    const values = entry.fields.filter(({ field }) => uniqueFields.has(field)).map(({ field, after }) => `${field}=${normaliseKey(after)}`);
    const first = entry.action === 'suspend' || entry.action === 'restore' ? updates.get(entry.oomnitzaId) : undefined;
    if (first !== undefined) return [first];
    // Data older than the rule may have several owners.
    const others = values.flatMap((value) => [...(owners.get(value) ?? []), ...(takers.get(value)?.slice(0, 1) ?? [])]);
    return others.filter((other) => other !== entry);
  };
  const ordered: OrderedWrite[] = [];
  const state = new Map<PlanEntry, 'open' | 'done'>();

  // A chain of changes waiting for each other can be as long as the plan, too long for recursion.
  const stack: { entry: PlanEntry; waitsFor: readonly PlanEntry[]; next: number }[] = [];
  const enter = (entry: PlanEntry): void => {
    state.set(entry, 'open');
    stack.push({ entry, waitsFor: waitedFor(entry), next: 0 });
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

/** Changes by the unique values that they give up or take, in the order of the plan. */
function byValue(side: 'before' | 'after', writes: readonly PlanEntry[], uniqueFields: ReadonlySet<string>): ReadonlyMap<string, readonly PlanEntry[]> {
  const found = new Map<string, PlanEntry[]>();
  for (const entry of writes) {
    for (const { field, [side]: given } of entry.fields) {
      const value = normaliseKey(given);
      if (!uniqueFields.has(field) || value === '') continue;
      const others = found.get(`${field}=${value}`);
      if (others === undefined) found.set(`${field}=${value}`, [entry]);
      else others.push(entry);
    }
  }
  return found;
}
