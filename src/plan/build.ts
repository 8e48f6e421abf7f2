import type { Presence } from '../directory/index.ts';
import { byCodePoint } from '../field-value.ts';
import { wholeUser, type DesiredRecord } from '../mapping/index.ts';
import type { PlanBasis } from './basis.ts';
import { digestOf } from './digest.ts';
import { howMany } from './how-many.ts';
import { Judge, type Candidate, type Held, type Who } from './judge.ts';
import { LeaverRows } from './leaver-rows.ts';
import { checkLimits } from './limits.ts';
import { MissingOwners } from './missing.ts';
import { Ownership } from './ownership.ts';
import { actions, type Action, type Plan, type PlanEntry } from './plan.ts';
import { countUp, Rivals } from './rivals.ts';
import { SuspectList, type Suspects } from './suspects.ts';

/** Makes a plan of users who come one by one; neither their order nor that of the records has any influence. */
export interface Planner {
  /** Takes down that the directory has a user who is out of scope, so that nobody is suspended in whose record the user may be. */
  see(user: DesiredRecord): void;
  /** The same for a user whom the sync file does not ask for, who was looked up for the sake of {@link suspects}. */
  seeBeside(user: DesiredRecord): void;
  /** Holds a user against the records at once, so that the user's values need not be kept. */
  add(user: DesiredRecord): void;
  /** After all users: Entra ids that records carry and the directory did not give, to be looked up one by one. */
  candidates(): readonly string[];
  /**
   * Before {@link finish}: users who would be suspended, or lose a key with which they might be suspended later, as far as those say who were seen.
   *
   * @param presence what became of each of the {@link candidates}
   */
  suspects(presence: ReadonlyMap<string, Presence>): Suspects;
  /** After {@link finish}: entries of `protect` that name neither a record nor a user who could get one; none where only some users were asked for. */
  namesOfNobody(): readonly string[];
  /**
   * Settles what only all users together decide, and gives the plan.
   *
   * @param directory users read, those out of scope included
   * @param presence what became of each of the {@link candidates}
   * @throws TypeError where a candidate has no answer: that nobody answered does not mean that somebody left
   */
  finish(directory: number, presence?: ReadonlyMap<string, Presence>): Plan;
}

export function createPlanner(basis: PlanBasis): Planner {
  const judge = new Judge(basis);
  const { matcher } = judge;
  const ownership = new Ownership(matcher, basis.identity === undefined ? -1 : basis.rules.findIndex(({ field }) => field === basis.identity?.field));
  const leavers = new LeaverRows(basis);
  const missing = new MissingOwners(basis, ownership, leavers, judge.protection);
  const rivals = new Rivals(basis.syncKeys, matcher, ownership);
  /** Users who take no part: in nobody's way but that of a suspend. */
  const outsiders = new Rivals(basis.syncKeys, matcher, ownership);
  const entries: PlanEntry[] = [];
  const candidates: Held[] = [];
  /** Disabled users who take no part, but may have left a record behind. */
  const bystanders: { readonly who: Who; readonly rows: readonly PlanEntry[] }[] = [];
  /** Users of any kind of whom some key finds the record of a slot; 2 means several. */
  const finders = new Uint8Array(matcher.slots);
  let users = 0;

  const isFoundClearly = ({ entraId, match }: Who): boolean =>
    match.slot !== undefined && match.several === undefined && match.different === undefined && !ownership.isOfAnother(match, entraId);
  /** Why the record that a user leaves behind may be somebody else's; empty where it is not. */
  const doubtOf = ({ match: { slot = -1 }, keyTexts }: Who, takesPart: boolean): string => {
    if ((finders[slot] ?? 0) > 1) return 'another user finds the same record';
    const shared = outsiders.sharedKey(keyTexts, !takesPart) ?? (takesPart ? undefined : rivals.sharedKey(keyTexts));
    return shared === undefined ? '' : `another user has the same \`${shared}\``;
  };
  const standAside = (who: Who): void => {
    // Nobody else is suspended for what a user may share with somebody.
    if (basis.leavers.disabled !== 'ignore') outsiders.add(who);
  };
  const standBy = (user: DesiredRecord, who: Who): void => {
    const rows = judge.leftBy(user, who);
    const why = who.match.several !== undefined ? 'one of the keys finds several records' : who.match.different !== undefined ? 'the keys find different records' : '';
    if (rows.length > 0) bystanders.push({ who, rows: why === '' ? rows : rows.map((row) => leavers.withheld(row, why)) });
  };
  const judgeInScope = (user: DesiredRecord): Who => {
    const judged = judge.judge(user);
    users += 1;
    if ('skip' in judged) {
      entries.push(judged.skip);
      standAside(judged);
      if (isFoundClearly(judged)) ownership.match(judged.match);
      // Where it is not known whether somebody is in scope, neither is it whether they left it.
      if (!user.enabled && user.flaws.every(({ rule }) => rule !== wholeUser)) standBy(user, judged);
    } else {
      candidates.push(judge.hold(judged));
      rivals.add(judged);
    }
    return judged;
  };
  const judgeOutOfScope = (user: DesiredRecord): Who => {
    const who = judge.find(user);
    standAside(who);
    standBy(user, who);
    return who;
  };

  const countFound = ({ keyTexts, match: { slot, several, different } }: Who): void => {
    // Mostly all keys find one record, or none does.
    if (several === undefined && different === undefined) {
      if (slot !== undefined) countUp(finders, slot);
      return;
    }
    for (const found of new Set(keyTexts.flatMap((text, key) => matcher.find(key, text) ?? []))) countUp(finders, found);
  };
  const seeBeside = (user: DesiredRecord): void => {
    const who = judge.find(user);
    if (user.enabled) ownership.claim(who.keyTexts);
    standAside(who);
    countFound(who);
  };

  return {
    see(user) {
      ownership.give(user.entraId);
      seeBeside(user);
    },
    seeBeside,
    add(user) {
      ownership.give(user.entraId);
      const who = user.outOfScope === true ? judgeOutOfScope(user) : judgeInScope(user);
      if (user.enabled) ownership.claim(who.keyTexts);
      countFound(who);
    },
    candidates: () => missing.candidates(),
    suspects(presence) {
      const suspects = new SuspectList(basis);
      for (const held of candidates) {
        if (!('rows' in held) || (held.rows.length === 0 && !held.losesKey)) continue;
        suspects.name(held.entraId);
        if (!isAtStake(held)) continue;
        const { entraId, match, keyTexts } = judge.release(held);
        suspects.add(entraId, match.record, keyTexts);
      }
      for (const { who, rows } of bystanders) {
        suspects.name(who.entraId);
        if (rows.some(isSuspend)) suspects.add(who.entraId, who.match.record, who.keyTexts);
      }
      missing.addSuspects(suspects, presence);
      return suspects.all;
    },
    namesOfNobody: () => (basis.isPartial ? [] : judge.protection.unmet()),
    finish(directory, presence = new Map()) {
      let unchanged = 0;
      for (const held of candidates) {
        const candidate = judge.release(held);
        const conflict = rivals.conflictOf(candidate);
        if (conflict !== undefined) {
          entries.push(judge.entryOf(candidate, 'conflict', conflict.reason, conflict.message));
          for (const row of candidate.rows) if (isOfLeaver(row)) entries.push(leavers.withheld(row, conflict.message));
          continue;
        }
        ownership.match(candidate.match);
        const doubt = candidate.rows.length > 0 || candidate.losesKey ? doubtOf(candidate, true) : '';
        for (const row of candidate.rows) entries.push(leavers.withDoubt(row, doubt));
        if (candidate.outcome === undefined) unchanged += 1;
        else entries.push(doubt !== '' && candidate.losesKey ? judge.entryOf(candidate, 'skip', 'disabled', `the account is disabled, and ${doubt}`) : candidate.outcome);
      }
      for (const { who, rows } of bystanders) {
        const doubt = doubtOf(who, false);
        for (const row of rows) entries.push(leavers.withDoubt(row, doubt));
      }
      const { rows, outOfScope } = missing.settle(presence);
      entries.push(...rows);
      entries.sort(inReportOrder);
      const population = ownership.counts;
      return withDigest({
        entries,
        counts: { directory, scope: users, unchanged, ...countsOf(entries) },
        limits: basis.isPartial ? [] : checkLimits(basis.limits, entries, population),
        outOfScope,
      });
    },
  };
}

/** Nobody asks for that of a plan which is only compared with, and it takes less room once the records are let go of. */
function withDigest(plan: Omit<Plan, 'digest'>): Plan {
  let digest: string | undefined;
  return {
    ...plan,
    get digest() {
      return (digest ??= digestOf(plan.entries));
    },
  };
}

function countsOf(entries: readonly PlanEntry[]): Omit<Plan['counts'], 'directory' | 'scope' | 'unchanged'> {
  const count = (action: Action): number => howMany(entries, (entry) => entry.action === action);
  return {
    create: count('create'),
    update: count('update'),
    suspend: count('suspend'),
    restore: count('restore'),
    // A row about a field that was left out is no skipped user.
    skip: howMany(entries, ({ action, fields }) => action === 'skip' && fields.length === 0),
    conflict: count('conflict'),
    // Whatever is done about them; who came back is no leaver.
    leaver: howMany(entries, isOfLeaver),
  };
}

/** Whether it would do harm if the record were somebody else's. */
function isAtStake({ rows, losesKey }: Pick<Candidate, 'rows' | 'losesKey'>): boolean {
  return losesKey || rows.some(isSuspend);
}

function isSuspend({ action }: PlanEntry): boolean {
  return action === 'suspend';
}

/** Whether a row tells of somebody who left. */
function isOfLeaver({ action, reason }: PlanEntry): boolean {
  return action === 'suspend' || (action === 'leaver' && reason !== 'returning');
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
