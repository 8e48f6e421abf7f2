/**
 * The part of the demo's first summary that docs/summary.png shows: up to the updates, without the people to create, because
 * a page is not as long as all that.
 */
export function pictured(summary: string): string {
  const shown = summary.replace(/^### People to create[^]*?(?=^### )/m, '');
  const updates = shown.indexOf('\n### People to update');
  const next = shown.indexOf('\n### ', updates + 1);
  return `${(next === -1 ? shown : shown.slice(0, next)).trimEnd()}\n`;
}
