import { stripVTControlCharacters, styleText } from 'node:util';

/** A style of the terminal; nothing where the output is no terminal or wants no colour. */
export type Style = 'bold' | 'dim' | 'cyan' | 'green' | 'red' | 'italic';

/** A text in a style, as far as standard output shows styles. */
export function styled(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };

/** Markdown within a line, as a person reads it: code, emphasis and links in styles, entities as characters. */
export function renderInline(markdown: string): string {
  return markdown
    .replaceAll('<wbr>', '')
    .replaceAll(/<code>(.*?)<\/code>|`([^`]+)`/g, (_whole, html?: string, ticks?: string) => styled('cyan', html ?? ticks ?? ''))
    .replaceAll(/\*\*(.+?)\*\*/g, (_whole, text: string) => styled('bold', text))
    .replaceAll(/(?<![\w*])_([^_]+)_(?!\w)/g, (_whole, text: string) => styled('italic', text))
    .replaceAll(/\[([^\]]+)\]\(<?([^)>]+)>?\)/g, (_whole, text: string, url: string) => `${text} ${styled('dim', url)}`)
    .replaceAll(/<\/?[a-z][^>]*>/g, '')
    .replaceAll(/&#(\d+);/g, (_whole, point: string) => String.fromCodePoint(Number(point)))
    .replaceAll(/&(amp|lt|gt|quot|nbsp);/g, (_whole, name: string) => ENTITIES[name] ?? '');
}

const characters = new Intl.Segmenter();

/** How many columns a text takes, its styles aside. Wide characters count as one: tables may shift a little. */
export function widthOf(text: string): number {
  return Array.from(characters.segment(stripVTControlCharacters(text))).length;
}
