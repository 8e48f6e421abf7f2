/** A quoted text, in which quotes are doubled; a parenthesis, or a quote that is never closed; a word. */
const piece = /'(?:[^']|'')*'|[()']|[^\s()']+/g;

/**
 * The parts of a `$filter` that all have to hold, which are those between `and` at the top; one with `or` at the top is a
 * single part, and so is one that cannot be told apart.
 *
 * @param most parts; the last of so many holds the rest
 * @returns each as written
 */
export function filterClauses(filter: string, most: number): readonly string[] {
  const clauses: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: text, index } of filter.matchAll(piece)) {
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth < 0 || text === "'") return [filter.trim()];
    if (depth > 0) continue;
    const word = text.toLowerCase();
    if (word === 'or') return [filter.trim()];
    if (word !== 'and' || clauses.length === most - 1) continue;
    clauses.push(filter.slice(start, index).trim());
    start = index + text.length;
  }
  return depth === 0 ? [...clauses, filter.slice(start).trim()] : [filter.trim()];
}
