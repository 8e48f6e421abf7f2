import type { Kept } from './kept.ts';
import type { ConvertedSection } from './section.ts';
import { comment, flow } from '../yaml-text.ts';

/**
 * The sync file of a section.
 *
 * @param title what the section is called, in words that may be shown
 * @param file where the sync file is to lie in the repository
 */
export function syncFileText(title: string, file: string, section: ConvertedSection): string {
  const { enabled, preset, syncKeys, preference, defaults, fields, kept } = section;
  return [
    ...comment(`Made from ${title} of a config.ini of the vendor's connector. Put it at ${file}.`),
    ...comment('The connector also writes empty values; here they leave what Oomnitza has, unless a rule says `when-empty: clear`.'),
    '',
    'version: 1',
    ...noted(enabled.note),
    `enabled: ${enabled.value}`,
    ...noted(preset === 'entra' ? presetNote : undefined),
    `preset: ${preset}`,
    ...noted(syncKeys.note),
    `sync-keys: ${flow(syncKeys.value)}`,
    ...(preference === undefined ? [] : [`preference: ${preference}`]),
    ...noted(defaults.note),
    `defaults: ${flow(defaults.value)}`,
    ...(fields.size === 0 ? [] : ['fields:']),
    ...[...fields].flatMap(([field, { rule, remark }]) => [...noted(remark, '  '), `  ${flow(field)}: ${flow(rule)}`]),
    ...keptLines(kept),
    '',
  ].join('\n');
}

const presetNote =
  'The mapping of the connector lies in the instance, which was not asked: the preset stands in for it. `convert-config` with --url fetches it.';

function noted(note: string | undefined, indent = ''): string[] {
  return note === undefined ? [] : comment(note, indent);
}

/** What was not converted, each with the reason above it. */
export function keptLines(kept: readonly Kept[]): string[] {
  return kept.flatMap(({ line, text, why }) => [
    '',
    ...comment(`${line === undefined ? 'The mapping in the instance' : `Line ${line}`}, not converted: ${why}.`),
    ...text.map((written) => `#   ${written}`),
  ]);
}
