import type { InstanceField } from '../instance-field/index.ts';
import { comment, flow, type YamlValue } from '../yaml-text.ts';
import type { SuggestedDefaults } from './defaults.ts';
import type { KeyField } from './keys.ts';
import type { MatchedField } from './match-fields.ts';
import { defaultsText, keyText, nameOf, reasonAgainst, remarkOn, sharesText, unfilledText } from './remarks.ts';
import type { SuggestedRule } from './rules.ts';
import type { Shares } from './shares.ts';

/** What a suggested sync file says. */
export interface SuggestedSyncFile {
  /** Users of the directory that were looked at. */
  readonly users: number;
  /** People whom both sides have. */
  readonly people: number;
  readonly shares: Shares;
  /** The rule for the Entra object id, where a field is fit to be the identity; else why none is. */
  readonly identity: SuggestedRule | { readonly none: string };
  readonly syncKeys: readonly KeyField[];
  readonly defaults: SuggestedDefaults;
  readonly rules: readonly SuggestedRule[];
  /** Fields that get no rule; of a great many no more than how many they are. */
  readonly unmatched: readonly MatchedField[] | number;
  /** Fields that nothing here fills, and that the instance demands of new people. */
  readonly unfilled: readonly InstanceField[];
}

/** The sync file as text, with what speaks for each line above it. */
export function render({ users, people, shares, identity, syncKeys, defaults, rules, unmatched, unfilled }: SuggestedSyncFile): string {
  return [
    ...comment(`Suggested from ${users} ${users === 1 ? 'user' : 'users'} of the directory and the ${people} of them whom Oomnitza has as well. Read every line before you use it: a line that is called a guess is no more than that. Then look at what \`mode: plan\` makes of it.`),
    'version: 1',
    '',
    ...(shares.users === 0 ? [] : comment(sharesText(shares))),
    ...comment('All users are kept in step unless a filter or a scope says otherwise, such as this one:'),
    '# scope: user.accountEnabled && user.userType != "Guest"',
    '',
    ...comment('Every rule stands below; no preset adds one.'),
    'preset: none',
    '',
    ...('none' in identity
      ? comment(`No identity: ${identity.none}. With an identity people are found whatever becomes of their names, and it is known whom this sync looks after.`)
      : [...comment('Holds the Entra object id, which stays when names change.'), ...comment(remarkOn(identity)), `identity: ${flow(identity.matched.field.name)}`]),
    '',
    ...comment('By these the record of a user is found, the first that finds one.'),
    ...(users === 0 ? [] : syncKeys.flatMap((key) => comment(keyText(key)))),
    `sync-keys: ${flow(syncKeys.map(({ field }) => field))}`,
    '',
    ...comment('For new people alone. A rule for `role` below needs `apply: on-create`, or it would demote administrators.'),
    ...defaultsText(defaults).flatMap((sentence) => comment(sentence)),
    'role' in defaults.values ? `defaults: ${flow(defaults.values)}` : `# defaults: ${flow({ role: '…', ...defaults.values })}`,
    '',
    'fields:',
    ...rules.flatMap((rule) => [...comment(remarkOn(rule), '  '), `  ${flow(rule.matched.field.name)}: ${flow(ruleValue(rule))}`]),
    ...(unfilled.length === 0 ? [] : ['', ...comment(unfilledText(unfilled), '  ')]),
    ...unmatchedLines(unmatched),
    '',
  ].join('\n');
}

function ruleValue({ source: { property, convert }, apply }: SuggestedRule): YamlValue {
  if (convert.length === 0 && apply === 'always') return property.path;
  return {
    source: property.path,
    ...(convert.length === 0 ? {} : { convert: convert.length === 1 ? (convert[0] ?? '') : convert }),
    ...(apply === 'always' ? {} : { apply }),
  };
}

/** Fields by why they get no rule. */
function unmatchedLines(unmatched: SuggestedSyncFile['unmatched']): readonly string[] {
  if (typeof unmatched === 'number') return ['', ...comment(`Not matched: ${unmatched} fields, or left out because the file would be too large with them`, '  ')];
  const groups = Map.groupBy(unmatched, reasonAgainst);
  return [...groups].flatMap(([reason, found]) => ['', ...comment(`Not matched: ${reason}: ${found.map(({ field }) => nameOf(field)).join(', ')}`, '  ')]);
}
