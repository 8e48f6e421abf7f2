/** The part of the demo's first summary that docs/summary.png shows: headline, numbers and chart, and none of the lists below. */
export function pictured(summary: string): string {
  const chart = summary.indexOf('\n### Changes by field');
  const next = summary.indexOf('\n### ', chart + 1);
  return `${summary.slice(0, next).trimEnd()}\n`;
}
