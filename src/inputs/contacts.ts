import { getInput } from '@actions/core';
import { InputReader } from './input-reader.ts';
import { shown } from './origin.ts';
import { readSyncFilePath } from './sync-file-path.ts';

/** GitHub assigns no more people than this to an issue. */
const most = 10;

/**
 * Letters, digits and hyphens; users that an enterprise manages have its short code after an underscore. Old accounts may have
 * hyphens at the end or side by side, which GitHub does not allow any more.
 */
const userName = /^[a-z\d][a-z\d_-]{0,38}$/i;

/** Somebody who is told of failures. */
export interface Contact {
  /** GitHub user name. */
  readonly name: string;
  /** The place in `contacts` as it is written, from 1: a message names no person. */
  readonly entry: number;
}

/** GitHub user names, with or without the `@`, each once. */
export function readContacts(reader: InputReader): readonly Contact[] {
  const entries = reader.entries('contacts').map((given, index) => ({ given, name: given.replace(/^@/, ''), entry: index + 1 }));
  const contacts = entries.filter(({ name }, index) => entries.findIndex((other) => other.name.toLowerCase() === name.toLowerCase()) === index);
  for (const { given } of contacts.filter(({ name }) => !userName.test(name))) {
    const other = given.includes('/') ? ': a team cannot be assigned to an issue' : '';
    reader.fault(`\`contacts\` holds ${shown(given)}; it takes GitHub user names${other}.`);
  }
  if (getInput('contacts') !== '' && contacts.length === 0) reader.fault('`contacts` names nobody; it takes GitHub user names.');
  if (contacts.length > most) reader.fault(`\`contacts\` names ${contacts.length} users; it takes at most ${most}, as many as GitHub assigns to an issue.`);
  return contacts.filter(({ name }) => userName.test(name)).slice(0, most).map(({ name, entry }) => ({ name, entry }));
}

/** What it takes to tell the contacts that a run failed. */
export interface ContactInputs {
  readonly contacts: readonly Contact[];
  readonly githubToken: string;
  readonly syncFile: string;
  /** The run itself looks after another one, and tells of that. */
  readonly isWatchdog: boolean;
}

/** The contacts, read even where other inputs, or some of the contacts, are what the run failed for. */
export function readContactInputs(): ContactInputs {
  return {
    contacts: readContacts(new InputReader()),
    githubToken: getInput('github-token'),
    syncFile: readSyncFilePath(),
    isWatchdog: getInput('mode') === 'watchdog',
  };
}
