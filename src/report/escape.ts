/**
 * The doors through which values leave a run. People and administrators of either system choose those values, so
 * all of them are hostile until they went through the function named for the door.
 */

/** Zero-width joiners stay: Persian and Indic names and emoji are written with them. */
const invisible = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

/** More of them on one letter than any language writes, and they cover the lines above. */
const stackedMarks = /(\p{M}{8})\p{M}+/gu;

/** Shows what would hide, move, cover or reorder text: line ends, control characters, direction overrides, lone surrogates. */
function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n|\r|\n/g, '↵')
    .replace(stackedMarks, '$1…')
    .replace(invisible, (character) => {
      const code = character.charCodeAt(0);
      if (code < 0x20) return String.fromCharCode(0x2400 + code);
      if (code === 0x7f) return '␡';
      return `⟨U+${(character.codePointAt(0) ?? code).toString(16).toUpperCase().padStart(4, '0')}⟩`;
    });
}

/** At most `max` code points, the last of them `…` where something was cut off. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  // Only the beginning is taken apart: the text may be megabytes long.
  const points = Array.from(text.slice(0, 2 * max + 2));
  return points.length <= max ? text : `${points.slice(0, max - 1).join('')}…`;
}

/**
 * Text for one line of GitHub's Markdown, table cells included, that shows as it is and forms nothing.
 *
 * Entities alone are not enough: GitHub decodes them before it looks for addresses, mentions and references in the
 * text. Those break apart at a `<wbr>`, which shows nothing, copies nothing, and lets long values wrap.
 * @param max - length in code points beyond which the text is cut
 */
export function forMarkdown(text: string, max = 200): string {
  return visible(clip(text, max))
    .replace(/^ | $| (?= )/g, '\u00A0')
    .replace(/[!#$&*+<=>[\\\]^_`{|}~]|^-|(?<=^\d+)[.)]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/[:@](?! )|&#3[56];|-(?=\d)|\/(?=\/)|www(?=\.)|[\da-f]{6}(?=[\da-f])/gi, '$&<wbr>');
}

/**
 * One line of the job log. The runner takes `::command::` and `##[command]` in any line for instructions, wherever
 * the line came from; so the whole line goes through here, not its parts.
 * @param max - length in code points beyond which the line is cut
 */
export function forLog(text: string, max = 1000): string {
  return visible(clip(text, max)).replace(/:(?=:)|##(?=\[)/g, '$& ');
}

/** A line on the terminal of the person who started a command: it can neither move the cursor nor change colours or titles. */
export function forTerminal(text: string, max = 200): string {
  return visible(clip(text, max));
}

/** A CSV cell that no spreadsheet takes for a formula, where it divides the file at commas; readers take one leading `'` off to get the value back. */
export function forCsv(cell: string): string {
  return /^[=+\-@\t\r\n＝＋－＠']/.test(cell) ? `'${cell}` : cell;
}

/** A label inside the double quotes of a Mermaid diagram. Field names consist of what is let through. */
export function forMermaid(label: string): string {
  return clip(label.toWellFormed().replace(/[^\p{L}\p{M}\p{N} _.-]/gu, '_'), 40);
}
