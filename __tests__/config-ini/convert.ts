import { convertConfig, readInstance, type ConvertedConfig } from '../../src/config-ini/index.ts';
import { readEmitted, type EmittedSyncFile } from './emitted.ts';

export interface Conversion extends ConvertedConfig {
  readonly syncFile: string;
  readonly workflow: string;
  readonly emitted: EmittedSyncFile;
}

/** What an instance answers to both questions. */
export interface Answers {
  readonly mapping?: unknown;
  readonly metadata?: unknown;
}

/** Converts a whole file; its first section is what the texts are of. */
export function conversion(ini: string, answers?: Answers): Conversion {
  const instance = answers === undefined ? undefined : readInstance(new URL('https://example.oomnitza.com/'), answers.mapping ?? {}, answers.metadata);
  const converted = convertConfig(ini, instance);
  const [syncFile = '', workflow = ''] = converted.files.map(({ text }) => text);
  return { ...converted, syncFile, workflow, emitted: readEmitted(syncFile) };
}

/** Converts the lines of one enabled section. */
export function sectionOf(lines: readonly string[], answers?: Answers): Conversion {
  return conversion(['[azureusers]', 'enable = True', 'default_role = 25', 'default_position = Employee', 'sync_field = USER', ...lines, ''].join('\n'), answers);
}

/** What a sync file says was not converted: each with its reason, on one line. */
export function keptIn(syncFile: string): string[] {
  const [, ...blocks] = syncFile.split(/\n\n(?=# (?:Line \d+|The mapping in the instance), not converted)/);
  return blocks.map((block) =>
    block
      .trim()
      .split('\n')
      .map((line) => line.replace(/^# ?/, '').replace(/^ {2}(?=\S)/, '| '))
      .join(' '),
  );
}
