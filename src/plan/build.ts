import type { CreateDefault, FieldRule, Preference, SyncKey } from '../config/index.ts';
import { byCodePoint, textOf } from '../field-value.ts';
import type { DesiredRecord, Flaw } from '../mapping/index.ts';
import type { CurrentRecord } from '../oomnitza/index.ts';
import { appliesToUpdate, fieldsOfCreate, fieldsOfUpdate } from './diff.ts';
import { digestOf } from './digest.ts';
import { createMatcher, normaliseKey, type Match } from './match.ts';
import { actions, type Plan, type PlanEntry } from './plan.ts';

/** Everything that a plan is made of. The values of both kinds of records come in the order of the rules. */
export interface PlanInput {
  readonly rules: readonly FieldRule[];
  readonly defaults: readonly CreateDefault[];
  /** Each names the field of a rule. */
  readonly syncKeys: readonly SyncKey[];
  readonly preference: Preference;
  readonly desired: readonly DesiredRecord[];
  readonly current: readonly CurrentRecord[];
}

/** A user whom no skip rules out, with what the keys found. */
interface Candidate {
  readonly user: DesiredRecord;
  readonly keyValues: readonly string[];
  readonly match: Match;
  readonly leftOut: readonly Flaw[];
}

/** Fields without which a person is of no use; a bad value in one of them skips the user, not the field. */
const essential = new Set(['username', 'email', 'role']);

/**
 * Decides for every user what would be written. Neither the order of users nor that of records has any influence.
 */
export function buildPlan(input: PlanInput): Plan {
  const planner = new Planner(input);
  const entries = planner.entries().sort(inReportOrder);
  const count = (action: PlanEntry['action']): number => entries.filter((entry) => entry.action === action).length;
  return {
    entries,
    counts: {
      directory: input.desired.length,
      scope: input.desired.length,
      create: count('create'),
      update: count('update'),
      suspend: count('suspend'),
      restore: count('restore'),
      unchanged: planner.unchanged,
      skip: count('skip') - planner.fieldsLeftOut,
      conflict: count('conflict'),
      leaver: count('leaver'),
    },
    limits: [],
    digest: digestOf(entries),
  };
}

const rank = new Map(actions.map((action, index) => [action, index]));

function inReportOrder(left: PlanEntry, right: PlanEntry): number {
  return (
    (rank.get(left.action) ?? 0) - (rank.get(right.action) ?? 0) ||
    byCodePoint((left.userPrincipalName ?? '').toLowerCase(), (right.userPrincipalName ?? '').toLowerCase()) ||
    byCodePoint(left.oomnitzaId ?? '', right.oomnitzaId ?? '') ||
    byCodePoint(left.entraId ?? '', right.entraId ?? '') ||
    byCodePoint(left.fields[0]?.field ?? '', right.fields[0]?.field ?? '')
  );
}

class Planner {
  unchanged = 0;
  fieldsLeftOut = 0;
  readonly #input: PlanInput;
  readonly #keyColumns: readonly number[];
  readonly #entries: PlanEntry[] = [];

  constructor(input: PlanInput) {
    this.#input = input;
    this.#keyColumns = input.syncKeys.map(({ field }) => input.rules.findIndex((rule) => rule.field === field));
  }

  entries(): PlanEntry[] {
    const matcher = createMatcher(this.#input.current, this.#keyColumns);
    const candidates: Candidate[] = [];
    const users = new Map<string, number>();
    const records = new Map<CurrentRecord, number>();
    for (const user of this.#input.desired) {
      const keyValues = this.#keyColumns.map((column) => normaliseKey(user.values[column] ?? null));
      const candidate = this.#candidate(user, keyValues, matcher.match(keyValues));
      if (candidate === undefined) continue;
      candidates.push(candidate);
      for (const [key, value] of keyValues.entries()) if (value !== '') countUp(users, keyed(key, value));
      if (candidate.match.record !== undefined) countUp(records, candidate.match.record);
    }
    for (const candidate of candidates) this.#decide(candidate, users, records);
    return this.#entries;
  }

  /** Rules a user out, or makes it one of those that can conflict with each other. */
  #candidate(user: DesiredRecord, keyValues: readonly string[], match: Match): Candidate | undefined {
    const flaws = user.flaws.filter(({ rule }) => this.#judged(rule, match));
    const grave = flaws.find(({ reason }) => reason === 'missing-required') ?? flaws.find(({ rule }) => this.#isEssential(rule));
    if (grave !== undefined) {
      this.#report('skip', user, keyValues, match, grave.reason, grave.message);
      return undefined;
    }
    if (keyValues.every((value) => value === '')) {
      this.#report('skip', user, keyValues, match, 'missing-sync-key', `none of the sync keys has a value: ${this.#keyNames()}`);
      return undefined;
    }
    if (!user.enabled && !wasFound(match)) {
      this.#report('skip', user, keyValues, match, 'disabled', 'the account is disabled and Oomnitza has no record of it');
      return undefined;
    }
    return { user, keyValues, match, leftOut: flaws };
  }

  /** A rule that has no say in what would be done to this user is not held against it. */
  #judged(index: number, match: Match): boolean {
    const rule = this.#input.rules[index];
    if (rule === undefined) return false;
    if (match.record !== undefined) return appliesToUpdate(rule, match.record.values[index] ?? null);
    return rule.apply === 'always' || (match.several === undefined && this.#input.preference !== 'update-only');
  }

  #isEssential(index: number): boolean {
    const rule = this.#input.rules[index];
    return rule !== undefined && (rule.required || essential.has(rule.field) || this.#keyColumns.includes(index));
  }

  #keyNames(): string {
    return this.#input.syncKeys.map(({ field }) => `\`${field}\``).join(', ');
  }

  #decide(candidate: Candidate, users: ReadonlyMap<string, number>, records: ReadonlyMap<CurrentRecord, number>): void {
    const { user, keyValues, match } = candidate;
    const conflict = this.#conflict(candidate, users, records);
    if (conflict !== undefined) {
      this.#report('conflict', user, keyValues, match, ...conflict);
      return;
    }
    if (match.record === undefined) this.#decideCreate(candidate);
    else this.#decideUpdate(candidate, match.record);
  }

  #conflict(candidate: Candidate, users: ReadonlyMap<string, number>, records: ReadonlyMap<CurrentRecord, number>): readonly [string, string] | undefined {
    const { keyValues, match } = candidate;
    if (match.several !== undefined) {
      return ['duplicate-target', `several records have the same \`${this.#keyName(match.several)}\``];
    }
    const shared = keyValues.findIndex((value, key) => value !== '' && (users.get(keyed(key, value)) ?? 0) > 1);
    if (shared !== -1) return ['duplicate-source', `another directory user has the same \`${this.#keyName(shared)}\``];
    if (match.record !== undefined && (records.get(match.record) ?? 0) > 1) {
      return ['duplicate-source', 'another directory user finds the same record'];
    }
    if (match.different !== undefined) {
      return ['ambiguous-match', `\`${this.#keyName(match.key ?? 0)}\` and \`${this.#keyName(match.different)}\` find different records`];
    }
    if (match.archived !== undefined) return ['archived-target', 'the only record found is archived in Oomnitza'];
    return undefined;
  }

  #decideCreate(candidate: Candidate): void {
    const { user, keyValues, match } = candidate;
    const { rules, defaults, preference } = this.#input;
    if (preference === 'update-only') {
      this.#report('skip', user, keyValues, match, 'preference', 'Oomnitza has no record, and `preference` is `update-only`');
      return;
    }
    this.#reportLeftOut(candidate);
    this.#entries.push({ ...this.#head(user, keyValues, match), action: 'create', fields: fieldsOfCreate(rules, defaults, user.values), reason: null, message: '' });
  }

  #decideUpdate(candidate: Candidate, record: CurrentRecord): void {
    const { user, keyValues, match, leftOut } = candidate;
    const fields = fieldsOfUpdate(this.#input.rules, user.values, record.values, new Set(leftOut.map(({ rule }) => rule)));
    if (fields.length > 0 && this.#input.preference === 'create-only') {
      this.#report('skip', user, keyValues, match, 'preference', 'the record differs, and `preference` is `create-only`');
      return;
    }
    this.#reportLeftOut(candidate);
    if (fields.length === 0) this.unchanged += 1;
    else this.#entries.push({ ...this.#head(user, keyValues, match), action: 'update', fields, reason: null, message: '' });
  }

  /** A value that is no good leaves out its field alone; the row that says so is no skipped user. */
  #reportLeftOut({ user, keyValues, match, leftOut }: Candidate): void {
    for (const { rule, reason, message } of leftOut) {
      const field = this.#input.rules[rule]?.field ?? '';
      const before = match.record?.values[rule] ?? null;
      this.fieldsLeftOut += 1;
      this.#entries.push({ ...this.#head(user, keyValues, match), action: 'skip', fields: [{ field, before, after: null }], reason, message });
    }
  }

  #report(action: 'skip' | 'conflict', user: DesiredRecord, keyValues: readonly string[], match: Match, reason: string, message: string): void {
    this.#entries.push({ ...this.#head(user, keyValues, match), action, fields: [], reason, message });
  }

  #head(user: DesiredRecord, keyValues: readonly string[], match: Match): Omit<PlanEntry, 'action' | 'fields' | 'reason' | 'message'> {
    const record = match.record ?? match.archived;
    const key = match.key ?? keyValues.findIndex((value) => value !== '');
    const value = user.values[this.#keyColumns[key] ?? -1] ?? null;
    return {
      entraId: user.entraId,
      userPrincipalName: user.userPrincipalName,
      oomnitzaId: record?.userId ?? null,
      username: record?.username ?? null,
      syncKey: key === -1 ? null : `${this.#keyName(key)}=${textOf(value).trim()}`,
    };
  }

  #keyName(key: number): string {
    return this.#input.syncKeys[key]?.field ?? '';
  }
}

/** Whether the keys found any record at all, if only archived or several ones. */
function wasFound({ record, several, archived }: Match): boolean {
  return record !== undefined || several !== undefined || archived !== undefined;
}

/** One name for a value of a key; the index comes first, so no value can be mistaken for another key's. */
function keyed(key: number, value: string): string {
  return `${key} ${value}`;
}

function countUp<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
