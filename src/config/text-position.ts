/**
 * Where a character of a YAML text stands in the file. Quotes, escapes, line breaks that folding turns into spaces and
 * the indentation of blocks are in the file and not in the text, so the visible characters of both are walked side by
 * side.
 *
 * @param source the scalar as written, from its first character (a quote, or the sign of a block) on
 * @param text what YAML makes of it
 * @param index of the character in `text`
 * @returns its offset in `source`
 */
export function offsetInSource(source: string, text: string, index: number): number {
  let offset = startOfText(source);
  for (let position = 0; position < Math.min(index, text.length); position++) {
    if (isSpace(text[position])) {
      if (source[offset] === '\\') offset += 2;
    } else {
      offset = nextOf(text[position], source, offset) + 1;
    }
  }
  if (index >= text.length) return offset;
  return isSpace(text[index]) ? offset : nextOf(text[index], source, offset);
}

function startOfText(source: string): number {
  if (/^[|>]/.test(source)) return source.indexOf('\n') + 1;
  return /^["']/.test(source) ? 1 : 0;
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && /\s/.test(character);
}

function nextOf(character: string | undefined, source: string, offset: number): number {
  return Math.max(offset, source.indexOf(character ?? '', offset));
}
