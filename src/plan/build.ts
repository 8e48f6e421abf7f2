import type { CreateDefault, FieldRule, Preference, SyncKey } from '../config/index.ts';
import { byCodePoint } from '../field-value.ts';
import type { DesiredRecord } from '../mapping/index.ts';
import type { CurrentRecord } from '../oomnitza/index.ts';
import { digestOf } from './digest.ts';
import { Judge, type Candidate } from './judge.ts';
import type { Matcher } from './match.ts';
import { actions, type Action, type Plan, type PlanEntry } from './plan.ts';
import type { SaasBasis } from './saas.ts';

/** What a plan holds users against. The values of records come in the order of the rules. */
export interface PlanBasis {
  readonly rules: readonly FieldRule[];
  readonly defaults: readonly CreateDefault[];
  /** Each names the field of a rule. */
  readonly syncKeys: readonly SyncKey[];
  readonly preference: Preference;
  readonly current: readonly CurrentRecord[];
  /** Where people are assigned to a SaaS application as well. */
  readonly assignments?: SaasBasis | undefined;
}

/** Makes a plan of users who come one by one; neither their order nor that of the records has any influence. */
export interface Planner {
  /** Holds a user against the records at once, so that the user's values need not be kept. */
  add(user: DesiredRecord): void;
  /**
   * Settles what only all users together decide, and gives the plan.
   *
   * @param directory users read, those out of scope included
   */
  finish(directory: number): Plan;
}

export function createPlanner(basis: PlanBasis): Planner {
  const judge = new Judge(basis);
  const entries: PlanEntry[] = [];
  const candidates: Candidate[] = [];
  const rivals = new Rivals(basis.syncKeys.length, judge.matcher);
  let users = 0;

  return {
    add(user) {
      users += 1;
      const judged = judge.judge(user);
      if ('action' in judged) {
        entries.push(judged);
      } else {
        candidates.push(judged);
        rivals.add(judged);
      }
    },
    finish(directory) {
      let unchanged = 0;
      let leftOut = 0;
      for (const candidate of candidates) {
        const conflict = rivals.conflictOf(candidate, basis.syncKeys);
        if (conflict !== undefined) {
          entries.push(judge.entryOf(candidate, 'conflict', conflict.reason, conflict.message));
          continue;
        }
        entries.push(...candidate.leftOut);
        leftOut += candidate.leftOut.length;
        if (candidate.outcome === undefined) unchanged += 1;
        else entries.push(candidate.outcome);
      }
      entries.sort(inReportOrder);
      const count = (action: Action): number => entries.filter((entry) => entry.action === action).length;
      return {
        entries,
        counts: {
          directory,
          scope: users,
          create: count('create'),
          update: count('update'),
          suspend: count('suspend'),
          restore: count('restore'),
          unchanged,
          // A row about a field that was left out is no skipped user.
          skip: count('skip') - leftOut,
          conflict: count('conflict'),
          leaver: count('leaver'),
        },
        limits: [],
        digest: digestOf(entries),
      };
    },
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

interface Conflict {
  readonly reason: string;
  readonly message: string;
}

/**
 * Remembers which key values users have and which records they found, to tell who stands in whose way. Most values find
 * a record, and are then counted at its slot, in a byte instead of an entry of a map.
 */
class Rivals {
  readonly #matcher: Matcher;
  /** For each key: users whose value finds the record of a slot; 2 means several. */
  readonly #sharers: readonly Uint8Array[];
  /** For each key: users by a value that finds no single record. */
  readonly #others: readonly Map<string, number>[];
  /** Users who found the record of a slot; 2 means several. */
  readonly #finders: Uint8Array;

  constructor(keys: number, matcher: Matcher) {
    this.#matcher = matcher;
    this.#sharers = Array.from({ length: keys }, () => new Uint8Array(matcher.slots));
    this.#others = Array.from({ length: keys }, () => new Map<string, number>());
    this.#finders = new Uint8Array(matcher.slots);
  }

  add({ keyTexts, match }: Candidate): void {
    for (const [key, text] of keyTexts.entries()) {
      const slot = this.#matcher.find(key, text);
      if (typeof slot === 'number') countUp(this.#sharers[key], slot);
      else if (text !== '') this.#others[key]?.set(text.toLowerCase(), this.#users(key, text) + 1);
    }
    if (match.slot !== undefined) countUp(this.#finders, match.slot);
  }

  /** Users known so far who have this value of a key. */
  #users(key: number, text: string): number {
    const slot = this.#matcher.find(key, text);
    return (typeof slot === 'number' ? this.#sharers[key]?.[slot] : this.#others[key]?.get(text.toLowerCase())) ?? 0;
  }

  conflictOf({ keyTexts, match }: Candidate, syncKeys: readonly SyncKey[]): Conflict | undefined {
    const name = (key: number): string => `\`${syncKeys[key]?.field ?? ''}\``;
    if (match.several !== undefined) {
      return { reason: 'duplicate-target', message: `several records have the same ${name(match.several)}` };
    }
    const shared = keyTexts.findIndex((text, key) => this.#users(key, text) > 1);
    if (shared !== -1) return { reason: 'duplicate-source', message: `another directory user has the same ${name(shared)}` };
    if (match.slot !== undefined && (this.#finders[match.slot] ?? 0) > 1) {
      return { reason: 'duplicate-source', message: 'another directory user finds the same record' };
    }
    if (match.different !== undefined) {
      return { reason: 'ambiguous-match', message: `${name(match.key ?? 0)} and ${name(match.different)} find different records` };
    }
    if (match.archived !== undefined) return { reason: 'archived-target', message: 'the only record found is archived in Oomnitza' };
    return undefined;
  }
}

function countUp(counts: Uint8Array | undefined, slot: number): void {
  if (counts !== undefined) counts[slot] = Math.min(2, (counts[slot] ?? 0) + 1);
}
