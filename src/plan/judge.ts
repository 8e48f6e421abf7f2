import { isEmpty, textOf } from '../field-value.ts';
import { wholeUser, type DesiredRecord, type Flaw } from '../mapping/index.ts';
import type { CurrentRecord } from '../oomnitza/index.ts';
import type { PlanBasis } from './basis.ts';
import { appliesToUpdate, fieldsOfCreate, fieldsOfUpdate } from './diff.ts';
import { LeaverRows, type Head } from './leaver-rows.ts';
import { keptFromLinking } from './linking.ts';
import { createMatcher, normaliseKey, type Match, type Matcher } from './match.ts';
import type { FoundBy, PlanEntry } from './plan.ts';
import { Protection } from './protection.ts';
import { assigningOf, assignmentLeftOut, withAssignment, type Assigning } from './saas.ts';

/**
 * A user whom nothing rules out alone, though another user may. There is one for almost every user, so it holds no more
 * than is needed to settle that.
 */
export interface Candidate {
  readonly entraId: string;
  readonly userPrincipalName: string | null;
  /** Trimmed, one for each key; empty where the user has none. */
  readonly keyTexts: readonly string[];
  readonly match: Match;
  /** What comes of the user if no conflict does; `undefined` where nothing is to be changed. */
  readonly outcome: PlanEntry | undefined;
  /** What else there is to do or to tell: a row for each field whose value is no good, and that of a leaver. */
  readonly rows: readonly PlanEntry[];
  /**
   * The outcome takes from the record of a disabled user what somebody else may be seen to have it by, so that a later run would
   * suspend it.
   */
  readonly losesKey: boolean;
}

/**
 * A candidate as it waits for the others: what the keys find is found again, and texts are those of the record where they are alike.
 * An update that nothing else belongs to stands for its candidate, since there may be one of almost every user.
 */
export type Held = HeldCandidate | HeldUpdate;

interface HeldCandidate extends Omit<Candidate, 'keyTexts' | 'match'> {
  /** A slot stands for the texts that its record has. */
  readonly keyTexts: readonly string[] | number;
}

/** The key that found the record finds it again. */
type HeldUpdate = PlanEntry & { readonly entraId: string; readonly foundBy: FoundBy };

function isUpdate(held: Held | PlanEntry | undefined): held is HeldUpdate {
  return held !== undefined && 'action' in held && held.action === 'update' && held.entraId !== null && held.foundBy !== undefined;
}

/** A user who takes no part. */
export interface Skipped extends Who {
  readonly skip: PlanEntry;
}

/** A user with what the keys found. */
export type Who = Pick<Candidate, 'entraId' | 'userPrincipalName' | 'keyTexts' | 'match'>;

type Finding = Pick<PlanEntry, 'message' | 'value'> & { readonly reason: string };

const none: readonly never[] = [];

/** Fields without which a person is of no use; a bad value in one of them skips the user, not the field. */
const essential = new Set(['username', 'email', 'role']);

/** Holds single users against the current records. */
export class Judge {
  readonly #basis: PlanBasis;
  readonly #keyColumns: readonly number[];
  readonly #leavers: LeaverRows;
  readonly matcher: Matcher;
  readonly protection: Protection;

  constructor(basis: PlanBasis) {
    this.#basis = basis;
    this.protection = new Protection(basis);
    this.#leavers = new LeaverRows(basis);
    this.#keyColumns = basis.syncKeys.map(({ field }) => basis.rules.findIndex((rule) => rule.field === field));
    this.matcher = createMatcher(basis);
  }

  /** Gives the skip that rules a user out, or what becomes of the user unless others are in conflict with it. */
  judge(user: DesiredRecord): Skipped | Candidate {
    const candidate = this.find(user);
    const { keyTexts, match } = candidate;
    const flaws = user.flaws.length === 0 ? none : user.flaws.filter((flaw) => this.#counts(flaw, match));
    const skip = this.#skip(user, keyTexts, match, flaws);
    if (skip !== undefined) return { ...candidate, skip: { ...this.entryOf(candidate, 'skip', skip.reason, skip.message), ...valueOf(skip) } };
    const isProtected = this.protection.covers(match.record, user.values, user.userPrincipalName);
    const assigning = assigningOf(this.#basis.assignments, user, match.record);
    const outcome = isProtected ? this.#protectedRow(candidate) : match.record === undefined ? this.#create(user, candidate, flaws, assigning) : this.#updateIfTheirs(user, candidate, match.record, flaws, assigning);
    const isComplete = flaws.length === 0 && assigning?.fault === undefined;
    const leftOut = isComplete || isProtected || outcome?.reason === 'preference' || outcome?.reason === 'disabled' ? none : this.#leftOut(flaws, candidate, assigning);
    const leaver = !user.enabled ? this.#left(candidate, isProtected) : match.record === undefined ? none : this.#returned(candidate, match.record, isProtected);
    const losesKey = !user.enabled && this.#basis.leavers.disabled !== 'ignore' && this.#takesKey(outcome);
    return { ...candidate, losesKey, outcome, rows: leaver.length === 0 ? leftOut : [...leftOut, ...leaver] };
  }

  /** Makes a candidate smaller until {@link release}. */
  hold({ entraId, userPrincipalName, keyTexts, match: { slot, record }, outcome: own, rows, losesKey }: Candidate): Held {
    const values = record?.values;
    const isAsRecorded = slot !== undefined && keyTexts.every((text, key) => values?.[this.#keyColumns[key] ?? -1] === text);
    const outcome = own && (this.#basis.commons?.share(entraId, own) ?? own);
    if (isAsRecorded && rows.length === 0 && !losesKey && isUpdate(outcome)) return outcome;
    return { entraId, userPrincipalName, keyTexts: isAsRecorded ? slot : keyTexts, outcome, rows, losesKey };
  }

  release(held: Held): Candidate {
    if (isUpdate(held)) {
      const { entraId, userPrincipalName, foundBy } = held;
      return this.release({ entraId, userPrincipalName, keyTexts: this.#slotOf(foundBy), outcome: held, rows: none, losesKey: false });
    }
    const { keyTexts: kept, ...others } = held;
    const values = typeof kept === 'number' ? (this.matcher.at(kept)?.values ?? []) : [];
    const keyTexts = typeof kept === 'number' ? this.#keyColumns.map((column) => textOf(values[column] ?? null)) : kept;
    return { ...others, keyTexts, match: this.matcher.match(keyTexts) };
  }

  #slotOf({ field, value }: FoundBy): number {
    const slot = this.matcher.find(this.#basis.syncKeys.findIndex((key) => key.field === field), textOf(value));
    if (typeof slot !== 'number') throw new TypeError('an update of a record that no key finds again');
    return slot;
  }

  /** A user with what the keys find. */
  find(user: DesiredRecord): Who {
    const keyTexts = this.#keyColumns.map((column) => textOf(user.values[column] ?? null).trim());
    return this.#who(user, keyTexts, this.matcher.match(keyTexts));
  }

  /** What becomes of the record that a disabled user leaves behind who takes no part. */
  leftBy(user: DesiredRecord, who: Who): readonly PlanEntry[] {
    const isProtected = this.protection.covers(who.match.record, user.values, user.userPrincipalName);
    const rows = this.#left(who, isProtected);
    const isKept = isProtected && user.outOfScope === true && this.#basis.leavers.disabled === 'suspend' && rows.length > 0;
    return isKept ? [...rows, this.#protectedRow(who)] : rows;
  }

  #takesKey(outcome: PlanEntry | undefined): boolean {
    return outcome?.action === 'update' && outcome.fields.some(({ field, before }) => !isEmpty(before) && (field === 'username' || this.#basis.syncKeys.some((key) => key.field === field)));
  }

  #protectedRow(who: Who): PlanEntry {
    return this.entryOf(who, 'skip', 'protected', '`protect` names this person');
  }

  #left(who: Who, isProtected: boolean): readonly PlanEntry[] {
    const { record, several } = who.match;
    if (record !== undefined) return this.#leavers.left(this.#head(who), record, 'disabled', isProtected, this.#doubtOf(who, record));
    return several === undefined ? none : this.#leavers.leftUnclear(this.#head(who), `several records have the same \`${this.#basis.syncKeys[several]?.field ?? ''}\``);
  }

  /**
   * Why the record found may be that of somebody else; empty where it is not. Users who were not read may share any key but the Entra
   * id and the user principal name, so no other key can say whom to suspend.
   */
  #doubtOf(who: Who, record: CurrentRecord): string {
    const isNamed = normaliseKey(record.username) === normaliseKey(who.userPrincipalName);
    if (this.#basis.identity === undefined) return isNamed ? '' : 'the record has another user name than the account';
    return this.#isFoundById(who) ? '' : `the record does not carry the Entra id of the user${isNamed ? '' : ', and has another user name than the account'}`;
  }

  #isFoundById({ match: { key } }: Pick<Who, 'match'>): boolean {
    return this.#basis.identity !== undefined && key === 0;
  }

  #returned(who: Who, record: CurrentRecord, isProtected: boolean): readonly PlanEntry[] {
    return isProtected ? none : this.#leavers.returned(this.#head(who), record);
  }

  /** An entry that only reports. */
  entryOf(candidate: Who, action: 'skip' | 'conflict', reason: string, message: string): PlanEntry {
    return { ...this.#head(candidate), action, fields: none, reason, message };
  }

  /** Mostly both sides have the same texts; keeping the record's copies alone lets go of the user's. */
  #who({ entraId, userPrincipalName }: DesiredRecord, keyTexts: readonly string[], match: Match): Who {
    const { record } = match;
    if (record === undefined) return { entraId, userPrincipalName, keyTexts, match };
    const owner = this.#basis.identity === undefined ? null : record.values[this.#keyColumns[0] ?? -1];
    return {
      entraId: owner === entraId ? owner : entraId,
      userPrincipalName: record.username === userPrincipalName ? record.username : userPrincipalName,
      keyTexts: keyTexts.map((text, key) => {
        const recorded = record.values[this.#keyColumns[key] ?? -1];
        return recorded === text ? recorded : text;
      }),
      match,
    };
  }

  #skip(user: DesiredRecord, keyTexts: readonly string[], match: Match, flaws: readonly Flaw[]): Finding | undefined {
    const grave = flaws.find(({ reason }) => reason === 'missing-required') ?? flaws.find(({ rule }) => this.#isEssential(rule));
    if (grave !== undefined) return grave;
    if (keyTexts.every((text) => text === '')) {
      const names = this.#basis.syncKeys.map(({ field }) => `\`${field}\``).join(', ');
      return { reason: 'missing-sync-key', message: `none of the sync keys has a value: ${names}` };
    }
    if (!user.enabled && this.#leavers.isSought('disabled') && !wasFound(match)) return { reason: 'disabled', message: 'the account is disabled and Oomnitza has no record of it' };
    return undefined;
  }

  /** A rule that has no say in what would be done to this user is not held against it. */
  #counts({ rule: index }: Flaw, match: Match): boolean {
    const rule = this.#basis.rules[index];
    if (rule === undefined) return index === wholeUser;
    if (match.record !== undefined) return appliesToUpdate(rule, match.record.values[index] ?? null);
    return rule.apply === 'always' || (match.several === undefined && this.#basis.preference !== 'update-only');
  }

  #isEssential(index: number): boolean {
    const rule = this.#basis.rules[index];
    return index === wholeUser || (rule !== undefined && (rule.required || essential.has(rule.field) || this.#keyColumns.includes(index)));
  }

  #create(user: DesiredRecord, candidate: Who, flaws: readonly Flaw[], assigning: Assigning | undefined): PlanEntry {
    const { rules, defaults, preference } = this.#basis;
    if (preference === 'update-only') {
      return this.entryOf(candidate, 'skip', 'preference', 'Oomnitza has no record, and `preference` is `update-only`');
    }
    return { ...this.#head(candidate), action: 'create', ...withAssignment(fieldsOfCreate(rules, defaults, user.values, flaws), assigning), reason: null, message: '' };
  }

  /** Where disabled users are suspended, an update that makes a record look like theirs would have it suspended by the next run. */
  #updateIfTheirs(user: DesiredRecord, candidate: Who, record: CurrentRecord, flaws: readonly Flaw[], assigning: Assigning | undefined): PlanEntry | undefined {
    const outcome = this.#update(user, candidate, record, flaws, assigning);
    if (user.enabled || this.#basis.leavers.disabled !== 'suspend' || outcome?.action !== 'update') return outcome;
    const doubt = this.#doubtOf(candidate, record);
    return doubt === '' ? outcome : this.entryOf(candidate, 'skip', 'disabled', `the account is disabled, and ${doubt}`);
  }

  #update(user: DesiredRecord, candidate: Who, record: CurrentRecord, flaws: readonly Flaw[], assigning: Assigning | undefined): PlanEntry | undefined {
    const kept = keptFromLinking(this.#basis, user, record, this.#isFoundById(candidate));
    const changes = withAssignment(fieldsOfUpdate(this.#basis.rules, user.values, record.values, flaws, kept, this.#basis.identity?.field), assigning);
    if (changes.fields.length === 0) return undefined;
    if (this.#basis.preference === 'create-only') {
      const what = changes.saas !== undefined && changes.fields.length === 1 ? 'the person is not assigned to the SaaS application' : 'the record differs';
      return this.entryOf(candidate, 'skip', 'preference', `${what}, and \`preference\` is \`create-only\``);
    }
    const { entraId, userPrincipalName, oomnitzaId, username, syncKey } = this.#head(candidate);
    const foundBy = this.#foundBy(candidate);
    if (foundBy === undefined) throw new TypeError('an update of a record that no key found');
    // Written out, it takes the least room; there may be one of almost every user.
    const update: PlanEntry = { action: 'update', entraId, userPrincipalName, oomnitzaId, username, syncKey, foundBy, fields: changes.fields, reason: null, message: '' };
    return changes.saas === undefined ? update : { ...update, saas: changes.saas };
  }

  #foundBy({ match: { key = -1, record } }: Who): PlanEntry['foundBy'] {
    const field = this.#basis.syncKeys[key]?.field;
    return field === undefined || record === undefined ? undefined : { field, value: record.values[this.#keyColumns[key] ?? -1] ?? null };
  }

  #leftOut(flaws: readonly Flaw[], candidate: Who, assigning: Assigning | undefined): readonly PlanEntry[] {
    const rows = flaws.map((flaw) => {
      const { rule, reason, message } = flaw;
      const field = this.#basis.rules[rule]?.field ?? '';
      const before = candidate.match.record?.values[rule] ?? null;
      return { ...this.entryOf(candidate, 'skip', reason, message), ...valueOf(flaw), fields: [{ field, before, after: before }] };
    });
    return assigning?.fault === undefined ? rows : [...rows, { ...this.entryOf(candidate, 'skip', 'invalid-value', assigning.fault), ...assignmentLeftOut }];
  }

  #head({ entraId, userPrincipalName, keyTexts, match }: Who): Head {
    const record = match.record ?? match.archived;
    const key = match.key ?? keyTexts.findIndex((text) => text !== '');
    return {
      entraId,
      userPrincipalName,
      oomnitzaId: record?.userId ?? null,
      username: record?.username ?? null,
      // Put together at once: a template keeps its parts, and gets a whole beside them once it is looked at.
      syncKey: key === -1 ? null : [this.#basis.syncKeys[key]?.field ?? '', keyTexts[key] ?? ''].join('='),
    };
  }
}

function valueOf({ value }: Pick<Finding, 'value'>): Pick<Finding, 'value'> {
  return value === undefined ? {} : { value };
}

/** Whether the keys found any record at all, if only archived or several ones. */
function wasFound({ record, several, archived }: Match): boolean {
  return record !== undefined || several !== undefined || archived !== undefined;
}
