import type { Index } from './match.ts';
import type { FieldChange, FoundBy, PlanEntry } from './plan.ts';

/**
 * What two plans over the same data have in common, so that it is kept once: mostly they say the same of a user, or nearly,
 * and there may be an entry for almost everybody.
 */
export class Commons {
  /** By Entra id, of users whom one of the plans has got. */
  readonly #entries = new Map<string, PlanEntry>();
  readonly #indexes = new Map<string, Index>();

  /** Gives the entry of the first plan back as it is, and to the second one an equal entry, of parts of the first as far as it can be. */
  share(entraId: string, entry: PlanEntry): PlanEntry {
    const known = this.#entries.get(entraId);
    if (known === undefined) {
      this.#entries.set(entraId, entry);
      return entry;
    }
    this.#entries.delete(entraId);
    const fields = entry.fields.map((change) => known.fields.find((other) => isSameChange(change, other)) ?? change);
    const shared = { ...entry, syncKey: known.syncKey === entry.syncKey ? known.syncKey : entry.syncKey, fields, ...foundBy(entry, known) };
    return isEqual(shared, known) ? known : shared;
  }

  /** The index of this name, made where no other plan has made it. */
  index(name: string, make: () => Index): Index {
    const known = this.#indexes.get(name) ?? make();
    this.#indexes.set(name, known);
    return known;
  }
}

function foundBy({ foundBy: found }: PlanEntry, { foundBy: other }: PlanEntry): Pick<PlanEntry, 'foundBy'> {
  if (found === undefined) return {};
  return { foundBy: other !== undefined && isFoundBySame(found, other) ? other : found };
}

function isFoundBySame(one: FoundBy, other: FoundBy): boolean {
  return one.field === other.field && one.value === other.value;
}

function isSameChange(one: FieldChange, other: FieldChange): boolean {
  return one.field === other.field && one.before === other.before && one.after === other.after;
}

function isEqual(one: PlanEntry, other: PlanEntry): boolean {
  return (
    one.action === other.action &&
    one.userPrincipalName === other.userPrincipalName &&
    one.oomnitzaId === other.oomnitzaId &&
    one.username === other.username &&
    one.syncKey === other.syncKey &&
    one.foundBy === other.foundBy &&
    one.fields.length === other.fields.length &&
    one.fields.every((change, index) => change === other.fields[index]) &&
    one.reason === other.reason &&
    one.message === other.message &&
    one.value === other.value &&
    one.saas === other.saas
  );
}
