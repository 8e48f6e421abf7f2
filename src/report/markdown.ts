import { forMarkdown } from './escape.ts';
import { counted } from './words.ts';

/** Keeps a single table or list far from the limit of the page, however long the values are. */
const maxListBytes = 48 * 1024;

/** Bytes of the text in UTF-8, in which GitHub counts. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

/** A value, shown as it is: inside `<code>` GitHub resolves no mention, reference or emoji. */
export function code(text: string, max = 80): string {
  return `<code>${forMarkdown(text, max)}</code>`;
}

/** Sets a name off for {@link prose}, between more backticks than it has in a row itself. */
export function span(name: string): string {
  const inside = name.match(/`+/g) ?? [];
  const fence = '`'.repeat(1 + Math.max(0, ...inside.map(({ length }) => length)));
  const blank = /^`|`$/.test(name) ? ' ' : '';
  return `${fence}${blank}${name}${blank}${fence}`;
}

/** What stands between two runs of as many backticks, after {@link forMarkdown}. */
const setOff = /(?<!&#96;)((?:&#96;)+)(?!&#96;)(.+?)(?<!&#96;)\1(?!&#96;)/g;

/** A sentence. A name that it sets off with backticks shows as one; the backticks can do nothing else. */
export function prose(text: string, max = 400): string {
  return forMarkdown(text, max).replace(setOff, (_whole, _fence, name: string) => `<code>${name.replace(/^ (.*) $/, '$1')}</code>`);
}

/**
 * A Markdown table, cut where it would grow too large, which is then said below it.
 * @param header - fixed words; one that starts with `#` is a column of numbers
 * @param rows - cells of finished Markdown
 */
export function table(header: readonly string[], rows: readonly (readonly string[])[], maxBytes = maxListBytes): string {
  const head = row(header.map((title) => title.replace(/^#/, '')));
  const alignment = row(header.map((title) => (title.startsWith('#') ? '---:' : '---')));
  const kept = within(rows.map(row), maxBytes);
  const leftOut = rows.length - kept.length;
  const note = leftOut > 0 ? ['', `${counted(leftOut, 'more row')} left out to keep this page small.`] : [];
  return [head, alignment, ...kept, ...note].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** A list of finished Markdown lines, cut like a table. */
export function bullets(lines: readonly string[]): string {
  const kept = within(lines.map((line) => `- ${line}`), maxListBytes);
  const leftOut = lines.length - kept.length;
  const note = leftOut > 0 ? [`- ${counted(leftOut, 'more line')} left out to keep this page small.`] : [];
  return [...kept, ...note].join('\n');
}

function within(lines: readonly string[], maxBytes: number): readonly string[] {
  let bytes = 0;
  const end = lines.findIndex((line) => (bytes += byteLength(line) + 1) > maxBytes);
  return end === -1 ? lines : lines.slice(0, end);
}
