import { clip, forLog } from './escape.ts';

/** The text of an issue by which contacts are told. */
export interface IssueText {
  readonly title: string;
  readonly body: string;
}

/** What runs before this one have noticed of the same trouble. */
export interface Trouble {
  /** When it was first noticed. */
  readonly since: Date;
  /** How many runs have noticed it, this one among them. */
  readonly times: number;
}

/** A title: GitHub shows it as it is, and takes 256 characters. */
export function titleOf(what: string, about: string): string {
  return `${what}: ${forLog(clip(about, 150))}`;
}

/** Mentions users by names that are known to be names; empty where there are none. */
export function mentions(contacts: readonly string[]): string {
  return contacts.map((name) => `@${name}`).join(' ');
}

/** A link where there is an address, else its text. */
export function linked(text: string, url: string | undefined): string {
  const address = URL.parse(url ?? '');
  return address !== null && /^https?:$/.test(address.protocol) ? `[${text}](<${address.href}>)` : text;
}

/** Finished Markdown in paragraphs. */
export function paragraphs(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}
