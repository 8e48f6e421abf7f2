import { SyncError } from '../errors.ts';
import { confidentialOf, type Confidential } from './confidential.ts';
import { connectionOf, keptOfOomnitza, type RepositorySecret } from './connection.ts';
import { readIni, type Ini, type IniSection } from './ini.ts';
import type { Instance } from './instance.ts';
import { keptProgram, type Kept } from './kept.ts';
import { convertedSection } from './section.ts';
import { syncFileText } from './sync-file-text.ts';
import { workflowText } from './workflow-text.ts';

/** A file to be written. */
export interface ConvertedFile {
  readonly name: string;
  readonly text: string;
}

/** What a `config.ini` became. */
export interface ConvertedConfig {
  /** For each `[azureusers…]` section a sync file and a workflow. */
  readonly files: readonly ConvertedFile[];
  /** Repository secrets to create; each once. */
  readonly secrets: readonly RepositorySecret[];
  /** Repository variables to create; each once. */
  readonly variables: readonly RepositorySecret[];
  /** What else there is to know, a sentence each. */
  readonly remarks: readonly string[];
}

/** The name of the connector; sections of the same kind have a dot and a name of their own behind it. */
const sectionName = 'azureusers';

/**
 * Converts a `config.ini` of the vendor's connector. Neither the files nor anything else holds a secret's value.
 *
 * @param text the content of the file
 * @param instance what the instance knows of the mapping; without it the preset stands in for that
 * @throws SyncError `invalid-input` where the text is no `config.ini` or has no section `[azureusers]`
 */
export function convertConfig(text: string, instance?: Instance): ConvertedConfig {
  const ini = readIni(text);
  const confidential = confidentialOf(ini);
  const sections = [...ini.sections.values()].filter(({ name }) => name === sectionName || name.startsWith(`${sectionName}.`));
  if (sections.length === 0) throw noSection(ini, confidential);
  const nameFor = uniqueNames();
  const converted = sections.map((section, index) => {
    const name = nameFor(confidential.masked(section.name.slice(sectionName.length)));
    return convertOne({ section, name, index, ini, instance, confidential });
  });
  return {
    files: converted.flatMap(({ files }) => files),
    secrets: eachOnce(converted.flatMap(({ secrets }) => secrets)),
    variables: eachOnce(converted.flatMap(({ variables }) => variables)),
    remarks: [...converted.flatMap(({ remarks }) => remarks), ...remarksOn(ini, sections, confidential)],
  };
}

interface OneSection {
  readonly section: IniSection;
  /** What it is called behind `azureusers`, fit for the name of a file. */
  readonly name: string;
  readonly index: number;
  readonly ini: Ini;
  readonly instance: Instance | undefined;
  readonly confidential: Confidential;
}

function convertOne({ section, name, index, ini, instance, confidential }: OneSection): ConvertedConfig {
  const title = `[${sectionName}${confidential.masked(section.name.slice(sectionName.length))}]`;
  const stem = sectionName + name;
  const syncFile = `.github/${stem}.sync.yml`;
  const programs = ini.sections.get('converters');
  const custom = new Set(programs?.entries.keys());
  const converted = convertedSection(section, { custom, instance, confidential });
  const kept = [...converted.kept, ...programsOf(programs, confidential)];
  const oomnitza = ini.sections.get('oomnitza');
  const connection = connectionOf(section, oomnitza, { suffix: secretSuffix(name), url: instance?.url, confidential });
  const workflow = workflowText({ title, stem, syncFile, index, connection, kept: keptOfOomnitza(oomnitza, confidential) });
  const count = kept.length === 1 ? '1 entry was' : `${kept.length} entries were`;
  return {
    files: [
      { name: `${stem}.sync.yml`, text: syncFileText(title, syncFile, { ...converted, kept }) },
      { name: `${stem}.workflow.yml`, text: workflow },
    ],
    secrets: connection.secrets,
    variables: connection.variables,
    remarks: [
      ...(kept.length === 0 ? [] : [`${stem}.sync.yml: ${count} not converted; each stands at the end as a comment with the reason.`]),
      ...(converted.preset === 'entra' ? [`${stem}.sync.yml: the preset stands in for the mapping in the instance; run again with --url to fetch that.`] : []),
      ...(converted.enabled.value ? [] : [`${stem}.sync.yml: the sync is not enabled.`]),
    ],
  };
}

function programsOf(programs: IniSection | undefined, confidential: Confidential): Kept[] {
  return [...(programs?.entries.values() ?? [])].map((entry) => keptProgram(entry, 'it is Python', confidential));
}

/**
 * Names for files without anything that a path or a shell could take amiss, different on every file system and still so
 * as the ends of names of secrets.
 */
function uniqueNames(): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    const readable = name.replace(/[^A-Za-z0-9_.]+/g, '-').replace(/[-.]{2,}/g, '-').slice(0, 80).replace(/[-._]+$/, '');
    let unique = readable;
    for (let number = 2; taken.has(secretSuffix(unique)); number++) unique = `${readable}-${number}`;
    taken.add(secretSuffix(unique));
    return unique;
  };
}

/** GitHub takes letters, digits and underscores in the name of a secret, and does not tell letter cases apart. */
function secretSuffix(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
}

function eachOnce(secrets: readonly RepositorySecret[]): RepositorySecret[] {
  return [...new Map(secrets.map((secret) => [secret.name, secret])).values()];
}

function remarksOn(ini: Ini, converted: readonly IniSection[], confidential: Confidential): string[] {
  const known = new Set(['oomnitza', 'converters', ...converted.map(({ name }) => name)]);
  const others = [...ini.sections.keys()].filter((name) => !known.has(name)).map((name) => `[${confidential.masked(name)}]`);
  return [
    'The app registration needs the application permission `User.Read.All` of Microsoft Graph: the connector reads Azure AD Graph, which has permissions of its own.',
    ...(others.length === 0 ? [] : [`Other sections are not converted: ${others.join(', ')}.`]),
    ...(ini.unreadable.length === 0 ? [] : [`Neither section, setting nor comment, and therefore left out: line ${ini.unreadable.join(', ')}.`]),
  ];
}

function noSection(ini: Ini, confidential: Confidential): SyncError {
  const names = [...ini.sections.keys()].map((name) => `[${confidential.masked(name)}]`);
  const found = names.length === 0 ? 'It has no section at all' : `It has ${names.join(', ')}`;
  return new SyncError('invalid-input', 'The config.ini has no section [azureusers].', {
    hint: `${found}; a section to convert is called [azureusers] or [azureusers.Name], in small letters.`,
  });
}
