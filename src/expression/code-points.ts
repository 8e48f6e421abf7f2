/*
 * CEL counts the characters of a text by Unicode code points, JavaScript by UTF-16 units. For almost all texts these
 * are the same.
 */

const surrogate = /[\ud800-\udfff]/;

/** Number of code points. */
export function sizeOfText(text: string): number {
  if (!surrogate.test(text)) return text.length;
  let size = 0;
  for (let index = 0; index < text.length; index += unitsAt(text, index)) size++;
  return size;
}

/** Where the code point number `position` starts, in units; the end of the text is a position too, what lies outside is none. */
export function unitOf(text: string, position: number): number | undefined {
  if (position < 0 || position > text.length) return undefined;
  if (!surrogate.test(text)) return position;
  let index = 0;
  for (let passed = 0; passed < position; passed++) {
    if (index >= text.length) return undefined;
    index += unitsAt(text, index);
  }
  return index;
}

/** The number of the code point that starts at a unit. */
export function positionOf(text: string, unit: number): number {
  return sizeOfText(text.slice(0, unit));
}

/** The character at a position; the empty text at the end. */
export function characterAt(text: string, position: number): string | undefined {
  const unit = unitOf(text, position);
  return unit === undefined ? undefined : text.slice(unit, unit + unitsAt(text, unit));
}

function unitsAt(text: string, index: number): number {
  return (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
}
