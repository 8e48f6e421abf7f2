import type { InstanceField } from '../instance-field/index.ts';
import { flow } from '../yaml-text.ts';
import type { SuggestedDefaults } from './defaults.ts';
import type { Evidence } from './evidence.ts';
import type { KeyField } from './keys.ts';
import type { MatchedField } from './match-fields.ts';
import type { SuggestedRule } from './rules.ts';
import type { Shares } from './shares.ts';
import type { Candidate, Verdict } from './verdict.ts';

/** What speaks for a rule, and what against it: numbers and names, never a value. */
export function remarkOn({ matched, apply, isGuess }: SuggestedRule): string {
  const { field, verdict, dismissed } = matched;
  const found = verdict === undefined ? fallbackText(dismissed?.evidence) : `${evidenceText(verdict.best.evidence)}${doubtText(verdict)}`;
  const effect = apply === 'if-empty' ? '. It only fills what is empty' : apply === 'on-create' ? '. It is written to new people only' : '';
  const locked = field.editable ? '' : `. ${lockedText('the field')}`;
  return `${labelOf(matched)}${isGuess ? 'a guess: ' : ''}${found}${effect}${locked}`;
}

/** Of a field that has to be written all the same. */
function lockedText(field: string): string {
  return `Oomnitza marks ${field} as not editable, so \`mode: plan\` refuses this file until that is changed there or \`oomnitza-ignore-meta-restriction: true\` is set`;
}

const mostListed = 20;

function firstOf(names: readonly string[]): string {
  const more = names.length - mostListed;
  return `${names.slice(0, mostListed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What stands in the way of the values for new people; nothing where they can be used as they are. */
export function defaultsText({ values, roles, roleIsEditable }: SuggestedDefaults): readonly string[] {
  const choice = roles.length === 0 ? 'given one that it takes' : `chosen one of its roles, ${firstOf(roles.map(({ key, label }) => `${harmless(key)} for ${harmless(label)}`))}`;
  return [
    ...('role' in values ? [] : [`This instance takes no role 25 and has none that is called Employee, so \`mode: plan\` refuses this file until you have ${choice}:`]),
    ...(roleIsEditable ? [] : [`${lockedText('`role`')}.`]),
  ];
}

/** Which fields are in the way of creating anybody. */
export function unfilledText(fields: readonly InstanceField[]): string {
  return `Not matched, and Oomnitza says that it creates nobody without: ${firstOf(fields.map(nameOf))}. Give each a rule here, or a value under \`defaults\``;
}

/** What a field is called, and what people call it where that says more. */
export function nameOf(field: InstanceField): string {
  const label = tellingLabel(field);
  return label === undefined ? flow(field.name) : `${flow(field.name)} (${label})`;
}

function labelOf({ field }: MatchedField): string {
  const label = tellingLabel(field);
  return label === undefined ? '' : `${label}: `;
}

/** What people call a field; `undefined` where that says no more than its name. */
function tellingLabel({ name, label }: InstanceField): string | undefined {
  return label === undefined || label.toLowerCase().replaceAll(' ', '_') === name ? undefined : harmless(label);
}

/** A label is whatever an administrator typed: on one line, and no longer than one. */
export function harmless(text: string): string {
  const line = text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const points = Array.from(line);
  return `"${points.length > 60 ? `${points.slice(0, 59).join('')}…` : line}"`;
}

export function evidenceText({ agreeing, compared, held, given }: Evidence): string {
  if (compared === 0) return 'nobody has a value on both sides';
  const others = held - compared + (given - compared);
  return `agrees for ${agreeing} of ${matchedPeople(compared)}${others === 0 ? '' : `; ${others} more have a value on one side only`}`;
}

function matchedPeople(count: number): string {
  return count === 1 ? '1 matched person' : `${count} matched people`;
}

function doubtText({ best, doubt, rivals }: Verdict): string {
  const others = rivals.length === 0 ? '' : `, and so does ${rivals.map((rival) => rivalText(rival, best)).join(' or ')}`;
  switch (doubt) {
    case undefined:
      return '';
    case 'equals':
      return others;
    case 'few':
      return `${others}, too few people or different values to be sure`;
    case 'mixed':
      return ', and the name fits';
    case 'name':
      return ', so it goes by the name alone';
    case 'same':
      return ', but nearly all of them have the same value, so it goes by the name';
  }
}

function rivalText({ property, evidence }: Candidate, best: Candidate): string {
  const isSame = evidence.agreeing === best.evidence.agreeing && evidence.compared === best.evidence.compared;
  return isSame ? property.path : `${property.path} for ${evidence.agreeing} of ${evidence.compared}`;
}

function fallbackText(against: Evidence | undefined): string {
  const needed = 'Oomnitza creates nobody without it, and this is the usual source';
  return against === undefined ? `nothing speaks for it. ${needed}` : `${evidenceText(against)}. ${needed}`;
}

/** Why a field gets no rule. */
export function reasonAgainst({ field, verdict, dismissed, unfit, held }: MatchedField): string {
  if (!field.editable) {
    const source = verdict === undefined || verdict.doubt !== undefined ? '' : `; ${verdict.best.property.path} ${evidenceText(verdict.best.evidence)}`;
    return `Oomnitza marks it as not editable${source}`;
  }
  if (unfit !== undefined) return `by its name ${unfit}, but the field does not take those values`;
  if (dismissed?.isUsed === false) return `by its name ${dismissed.property.path}, but no user has a value there`;
  if (dismissed !== undefined) return `by its name ${dismissed.property.path}, but that ${evidenceText(dismissed.evidence)}`;
  return held === 0 ? 'no matched person has a value, and the name tells nothing' : 'no property of the directory agrees with the values, and the name tells nothing';
}

/** What makes a field fit to find records by. */
export function keyText({ field, path, coverage, repeated }: KeyField): string {
  const same = repeated === 0 ? 'no two of them the same' : `${repeated} of them held by somebody else as well`;
  return `${field}: ${share(coverage)} of the users read have ${path}, ${same}`;
}

/** Who is in the directory. */
export function sharesText({ users, guests, disabled, withoutMail, isSample }: Shares): string {
  const parts = ([[guests, 'are guests'], [disabled, 'are disabled'], [withoutMail, 'have no mail address']] as const).flatMap(([count, what]) =>
    count === undefined ? [] : [`${share(users === 0 ? 0 : count / users)} ${what}`],
  );
  const where = !isSample ? 'users in the directory' : disabled === undefined ? 'users read, all of them enabled' : 'users read';
  const [last = '', ...first] = parts.toReversed();
  const list = first.length === 0 ? last : `${first.toReversed().join(', ')} and ${last}`;
  return `Of ${users} ${where}, ${list}.`;
}

function share(part: number): string {
  if (part === 0) return 'none';
  const percent = Math.round(part * 100);
  if (percent === 0) return 'less than 1 %';
  if (percent === 100 && part < 1) return 'more than 99 %';
  return percent === 100 ? 'all' : `${percent} %`;
}
