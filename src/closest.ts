import { distance } from 'fastest-levenshtein';

/** The name that `text` is most likely a slip of the pen for; `undefined` where none is close. */
export function closest(text: string, names: Iterable<string>): string | undefined {
  let best: { readonly name: string; readonly edits: number } | undefined;
  for (const name of names) {
    const tolerated = Math.max(1, Math.round(name.length / 3));
    // Also keeps a text of a megabyte from being compared.
    if (Math.abs(name.length - text.length) > tolerated) continue;
    const edits = editsBetween(text.toLowerCase(), name.toLowerCase());
    if (edits <= tolerated && edits < (best?.edits ?? Infinity)) best = { name, edits };
  }
  return best?.name;
}

/** Two letters that changed places are the commonest slip of all, and one, not two. */
function editsBetween(text: string, name: string): number {
  const edits = distance(text, name);
  return edits === 2 && lettersOf(text) === lettersOf(name) ? 1 : edits;
}

function lettersOf(text: string): string {
  return Array.from(text).sort().join('');
}
