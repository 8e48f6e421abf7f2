import { renderInline, styled, widthOf } from './inline.ts';

const BAR_WIDTH = 40;

/** Markdown of a job summary as lines for a terminal: headings, tables, lists, and pie charts as bars. */
export function renderMarkdown(markdown: string): string {
  const lines = markdown.split('\n');
  const shown: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.startsWith('```')) {
      const end = lines.indexOf('```', at + 1);
      const block = lines.slice(at + 1, end < 0 ? undefined : end);
      shown.push(...(line === '```mermaid' ? renderChart(block) : block.map((text) => `  ${text}`)));
      at = end < 0 ? lines.length : end;
    } else if (line.startsWith('|')) {
      let end = at;
      while (lines[end]?.startsWith('|')) end += 1;
      shown.push(...renderTable(lines.slice(at, end)));
      at = end - 1;
    } else {
      shown.push(renderLine(line));
    }
  }
  return shown.join('\n');
}

function renderLine(line: string): string {
  const [, heading] = /^#{1,6} (.*)$/.exec(line) ?? [];
  return heading === undefined ? renderInline(line) : styled('bold', renderInline(heading));
}

function renderTable(lines: readonly string[]): string[] {
  const [header = [], alignments = [], ...rows] = lines.map((line) =>
    line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim()),
  );
  const isNumber = alignments.map((alignment) => alignment.endsWith(':'));
  const cells = [header.map((title) => styled('dim', title)), ...rows.map((row) => row.map(renderInline))];
  const widths = header.map((_title, column) => Math.max(...cells.map((row) => widthOf(row[column] ?? ''))));
  return cells.map((row) => {
    const padded = row.map((cell, column) => {
      const space = ' '.repeat((widths[column] ?? 0) - widthOf(cell));
      return isNumber[column] ? space + cell : cell + space;
    });
    return `  ${padded.join('  ')}`.trimEnd();
  });
}

/** The slices of a pie chart as bars; any other chart is left out. */
function renderChart(lines: readonly string[]): string[] {
  const slices = lines.flatMap((line) => {
    const [, label, count] = /^\s*"([^"]*)"\s*:\s*(\d+)/.exec(line) ?? [];
    return label === undefined ? [] : [{ label, count: Number(count) }];
  });
  const most = Math.max(1, ...slices.map(({ count }) => count));
  const labelWidth = Math.max(0, ...slices.map(({ label }) => label.length));
  return slices.map(({ label, count }) => {
    const bar = '█'.repeat(Math.max(1, Math.round((BAR_WIDTH * count) / most)));
    return `  ${label.padEnd(labelWidth)}  ${styled('cyan', bar)} ${count}`;
  });
}
