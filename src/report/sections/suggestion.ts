import { byteLength, prose } from '../markdown.ts';
import type { RunReport } from '../report.ts';
import { people, thousands } from '../words.ts';

/** Far more than a sync file for hundreds of fields. */
const maxBytes = 128 * 1024;

/** The suggested sync file, to be read and copied. */
export function suggestionSection({ suggestion }: RunReport): string {
  if (suggestion === null) return '';
  const { text, users, people: matched } = suggestion;
  const intro = `Made from ${thousands(users)} users of the directory and the ${people(matched)} among them whom Oomnitza has as well. A line that its comment calls a guess is no more than that. Put what you keep into the repository as the sync file, and look at it with \`mode: plan\`.`;
  return ['### Suggested sync file', prose(intro), fenced(text)].join('\n\n');
}

/** Inside of a fence GitHub shows what is there; a fence longer than any in the text cannot be closed by it. */
function fenced(text: string): string {
  const lines = text.trimEnd().split('\n');
  let bytes = 0;
  const end = lines.findIndex((line) => (bytes += byteLength(line) + 1) > maxBytes);
  const kept = end === -1 ? lines : [...lines.slice(0, end), '# The rest is in suggested-sync-file.yml.'];
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}yaml`, ...kept, fence].join('\n');
}
