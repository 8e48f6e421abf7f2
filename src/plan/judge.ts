import { textOf } from '../field-value.ts';
import type { DesiredRecord, Flaw } from '../mapping/index.ts';
import type { CurrentRecord } from '../oomnitza/index.ts';
import type { PlanBasis } from './build.ts';
import { appliesToUpdate, fieldsOfCreate, fieldsOfUpdate } from './diff.ts';
import { createMatcher, normaliseKey, type Match, type Matcher } from './match.ts';
import type { PlanEntry } from './plan.ts';

/** The part of an entry that says who it is about. */
type Head = Pick<PlanEntry, 'entraId' | 'userPrincipalName' | 'oomnitzaId' | 'username' | 'syncKey'>;

/** A user whom nothing rules out alone, though another user may. */
export interface Candidate {
  readonly head: Head;
  /** Normalised, one for each key; empty where the user has none. */
  readonly keyValues: readonly string[];
  readonly match: Match;
  /** What comes of the user if no conflict does; `undefined` where nothing is to be changed. */
  readonly outcome: PlanEntry | undefined;
  /** A row for each field that is left out because its value is no good. */
  readonly leftOut: readonly PlanEntry[];
}

/** Fields without which a person is of no use; a bad value in one of them skips the user, not the field. */
const essential = new Set(['username', 'email', 'role']);

/** Holds single users against the current records. */
export class Judge {
  readonly #basis: PlanBasis;
  readonly #keyColumns: readonly number[];
  readonly #matcher: Matcher;

  constructor(basis: PlanBasis) {
    this.#basis = basis;
    this.#keyColumns = basis.syncKeys.map(({ field }) => basis.rules.findIndex((rule) => rule.field === field));
    this.#matcher = createMatcher(basis.current, this.#keyColumns);
  }

  /** Gives the skip that rules a user out, or what becomes of the user unless others are in conflict with it. */
  judge(user: DesiredRecord): PlanEntry | Candidate {
    const keyValues = this.#keyColumns.map((column) => normaliseKey(user.values[column] ?? null));
    const match = this.#matcher.match(keyValues);
    const head = this.#head(user, keyValues, match);
    const flaws = user.flaws.filter((flaw) => this.#counts(flaw, match));
    const grave = flaws.find(({ reason }) => reason === 'missing-required') ?? flaws.find(({ rule }) => this.#isEssential(rule));
    if (grave !== undefined) return skip(head, grave.reason, grave.message);
    if (keyValues.every((value) => value === '')) {
      const names = this.#basis.syncKeys.map(({ field }) => `\`${field}\``).join(', ');
      return skip(head, 'missing-sync-key', `none of the sync keys has a value: ${names}`);
    }
    if (!user.enabled && !wasFound(match)) return skip(head, 'disabled', 'the account is disabled and Oomnitza has no record of it');
    const outcome = match.record === undefined ? this.#create(user, head) : this.#update(user, head, match.record, flaws);
    return { head, keyValues, match, outcome, leftOut: outcome?.reason === 'preference' ? [] : this.#leftOut(flaws, head, match) };
  }

  /** A rule that has no say in what would be done to this user is not held against it. */
  #counts({ rule: index }: Flaw, match: Match): boolean {
    const rule = this.#basis.rules[index];
    if (rule === undefined) return false;
    if (match.record !== undefined) return appliesToUpdate(rule, match.record.values[index] ?? null);
    return rule.apply === 'always' || (match.several === undefined && this.#basis.preference !== 'update-only');
  }

  #isEssential(index: number): boolean {
    const rule = this.#basis.rules[index];
    return rule !== undefined && (rule.required || essential.has(rule.field) || this.#keyColumns.includes(index));
  }

  #create(user: DesiredRecord, head: Head): PlanEntry {
    const { rules, defaults, preference } = this.#basis;
    if (preference === 'update-only') return skip(head, 'preference', 'Oomnitza has no record, and `preference` is `update-only`');
    return { ...head, action: 'create', fields: fieldsOfCreate(rules, defaults, user.values), reason: null, message: '' };
  }

  #update(user: DesiredRecord, head: Head, record: CurrentRecord, flaws: readonly Flaw[]): PlanEntry | undefined {
    const fields = fieldsOfUpdate(this.#basis.rules, user.values, record.values, flaws);
    if (fields.length === 0) return undefined;
    if (this.#basis.preference === 'create-only') return skip(head, 'preference', 'the record differs, and `preference` is `create-only`');
    return { ...head, action: 'update', fields, reason: null, message: '' };
  }

  #leftOut(flaws: readonly Flaw[], head: Head, match: Match): readonly PlanEntry[] {
    return flaws.map(({ rule, reason, message }) => {
      const field = this.#basis.rules[rule]?.field ?? '';
      return { ...skip(head, reason, message), fields: [{ field, before: match.record?.values[rule] ?? null, after: null }] };
    });
  }

  #head(user: DesiredRecord, keyValues: readonly string[], match: Match): Head {
    const record = match.record ?? match.archived;
    const key = match.key ?? keyValues.findIndex((value) => value !== '');
    const value = user.values[this.#keyColumns[key] ?? -1] ?? null;
    return {
      entraId: user.entraId,
      userPrincipalName: user.userPrincipalName,
      oomnitzaId: record?.userId ?? null,
      username: record?.username ?? null,
      syncKey: key === -1 ? null : `${this.#basis.syncKeys[key]?.field ?? ''}=${textOf(value).trim()}`,
    };
  }
}

function skip(head: Head, reason: string, message: string): PlanEntry {
  return { ...head, action: 'skip', fields: [], reason, message };
}

/** Whether the keys found any record at all, if only archived or several ones. */
function wasFound({ record, several, archived }: Match): boolean {
  return record !== undefined || several !== undefined || archived !== undefined;
}
