/** One line of a suggested sync file under `fields`. */
export interface SuggestedLine {
  /** Source path and converter. */
  readonly source: string;
  readonly isGuess: boolean;
  readonly remark: string;
}

/** The suggested rules by field, with the comment above each. */
export function linesOf(text: string): ReadonlyMap<string, SuggestedLine> {
  const lines = new Map<string, SuggestedLine>();
  let remark = '';
  for (const line of text.slice(text.indexOf('\nfields:\n')).split('\n')) {
    const comment = /^ {2}# (.*)$/.exec(line)?.[1];
    const [, field, rule] = /^ {2}(\w+): (.*)$/.exec(line) ?? [];
    if (comment !== undefined) remark = remark === '' ? comment : `${remark} ${comment}`;
    if (field === undefined || rule === undefined) continue;
    const path = /source: "?([^",} ]+)/.exec(rule)?.[1] ?? rule.replaceAll('"', '');
    const convert = /convert: (\w+)/.exec(rule)?.[1];
    lines.set(field, { source: convert === undefined ? path : `${path} ${convert}`, isGuess: remark.includes('a guess: '), remark });
    remark = '';
  }
  return lines;
}
