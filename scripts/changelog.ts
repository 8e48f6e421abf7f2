/** A line of Markdown, with whether a reader sees it as text: code and comments are no headings, whatever they look like. */
interface Line {
  readonly text: string;
  readonly kind: 'code' | 'comment' | 'text';
}

/**
 * What a changelog says of a version, without the heading. The heading is of the second level and begins with the version, which may
 * stand in brackets, be a link or have a `v` before it.
 *
 * @returns `''` where it says nothing: headings, comments and addresses of links are nothing yet
 */
export function notesOn(version: string, changelog: string): string {
  const notes: Line[] = [];
  let isInside = false;
  for (const line of linesOf(changelog)) {
    const [, marks, heading = ''] = line.kind === 'text' ? (/^ {0,3}(##?)(?:\s+(.*))?$/.exec(line.text) ?? []) : [];
    if (marks !== undefined && isInside) break;
    if (isInside) notes.push(line);
    else isInside = marks === '##' && /^\[?v?(\d+\.\d+\.\d+)(?![\w.+-])/.exec(heading)?.[1] === version;
  }
  return notes.some(saysSomething) ? notes.map(({ text }) => text).join('\n').trim() : '';
}

function saysSomething({ text, kind }: Line): boolean {
  return kind === 'code' || (kind === 'text' && !/^\s*(?:#.*|\[[^\]]+\]:.*)?$/.test(text));
}

function* linesOf(markdown: string): Generator<Line> {
  let fence: string | undefined;
  let isComment = false;
  for (const text of markdown.split(/\r?\n/)) {
    const [, marks = '', info = ''] = isComment ? [] : (/^\s*(`{3,}|~{3,})(.*)$/.exec(text) ?? []);
    if (fence !== undefined) {
      yield { text, kind: 'code' };
      if (marks.startsWith(fence) && info.trim() === '') fence = undefined;
    } else if (marks !== '' && !(marks.startsWith('`') && info.includes('`'))) {
      yield { text, kind: 'code' };
      fence = marks;
    } else {
      isComment ||= /^\s*<!--/.test(text);
      yield { text, kind: isComment ? 'comment' : 'text' };
      if (text.includes('-->')) isComment = false;
    }
  }
}
