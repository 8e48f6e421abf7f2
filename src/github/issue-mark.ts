import { z } from 'zod';

const issueMark = z.object({
  /** What the issue is about; there is one open issue for each subject. */
  subject: z.string(),
  /** A word for what is wrong; while it stays the same, nobody is told again. */
  cause: z.string(),
  /** In which mode a run failed, where that was known: what an apply left undone no plan makes good. */
  mode: z.string().optional(),
  /** When it was first noticed. */
  since: z.iso.datetime(),
  /** How many runs have noticed it. */
  times: z.int().positive(),
});

/** What a run remembers in an issue, for the runs after it. */
export type IssueMark = Readonly<z.infer<typeof issueMark>>;

/** The text of an issue with its mark, which GitHub does not show. */
export function markedBody(body: string, mark: IssueMark): string {
  // Nothing in the mark may end the comment that hides it.
  const hidden = JSON.stringify(mark).replace(/[<>]/g, (character) => (character === '<' ? '\\u003c' : '\\u003e'));
  return `<!-- oomnitza-user-sync ${hidden} -->\n${body}`;
}

/** The mark at the start of an issue's text; `undefined` where there is none. */
export function markIn(body: string): IssueMark | undefined {
  const [, hidden] = /^<!-- oomnitza-user-sync (\{[^<>\r\n]*\}) -->/.exec(body) ?? [];
  if (hidden === undefined) return undefined;
  try {
    return issueMark.safeParse(JSON.parse(hidden)).data;
  } catch {
    return undefined;
  }
}
