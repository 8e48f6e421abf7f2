/** Markdown of the summary as a person reads it: without what only keeps values from coming alive. */
export function readable(markdown: string): string {
  return markdown
    .replaceAll(/<\/?(?:wbr|code)>/g, '')
    .replaceAll(/&#(\d+);/g, (_whole, point: string) => String.fromCodePoint(Number(point)))
    .replaceAll(/&(lt|gt|quot|amp);/g, (_whole, name: string) => ({ lt: '<', gt: '>', quot: '"' })[name] ?? '&');
}
