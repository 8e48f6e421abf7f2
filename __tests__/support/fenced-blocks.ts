/** A block of code in a document. */
export interface FencedBlock {
  /** Empty where none is named. */
  readonly language: string;
  /** Without the indentation of the list that it stands in. */
  readonly text: string;
}

/** Every block of code in a Markdown document, in lists and quotations as well. */
export function fencedBlocks(markdown: string): readonly FencedBlock[] {
  const blocks: FencedBlock[] = [];
  let open: { readonly indent: string; readonly fence: string; readonly language: string; readonly lines: string[] } | undefined;
  for (const line of markdown.split('\n')) {
    const [, indent = '', fence, info = ''] = /^([\s>]*)(`{3,}|~{3,})\s*(.*)$/.exec(line) ?? [];
    if (open === undefined) {
      if (fence !== undefined) open = { indent, fence, language: info.trim(), lines: [] };
    } else if (fence !== undefined && fence.startsWith(open.fence) && info === '') {
      blocks.push({ language: open.language, text: `${open.lines.join('\n')}\n` });
      open = undefined;
    } else {
      open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line.trimStart());
    }
  }
  if (open !== undefined) throw new Error(`a block of ${open.language} has no end`);
  return blocks;
}
