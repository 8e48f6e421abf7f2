import { Composer, LineCounter, Parser, type CST, type Document, type ErrorCode, type ParsedNode, type YAMLError } from 'yaml';
import type { Position, Problem } from '../errors.ts';
import { shown } from './wording.ts';

/** A text that is YAML by its syntax, or what keeps it from being so. */
export type YamlSyntax =
  | { readonly contents: ParsedNode | null; readonly positionOf: (offset: number) => Position }
  | { readonly problems: readonly Problem[] };

/**
 * YAML 1.2 core and nothing around it, whatever a `%YAML` directive asks for: no merge keys, no dates, no sets.
 * Duplicate keys are left to the caller: the library finds them in quadratic time.
 */
const options = {
  schema: 'core',
  merge: false,
  resolveKnownTags: false,
  stringKeys: true,
  uniqueKeys: false,
} as const;

/** Beyond this the library's own recursion would come near the end of the stack. */
const maxDepth = 64;

/** One slip makes a whole trail of syntax errors, of which only the first help. */
const maxSyntaxProblems = 20;

/** Reads a text as one YAML document with positions, in time that grows with the text alone, whatever it holds. */
export function readYamlSyntax(text: string): YamlSyntax {
  const lines = linesOf(text);
  const lastOffset = text.trimEnd().length;
  const positionOf = (offset: number): Position => {
    const { line, col } = lines.linePos(Math.min(offset, lastOffset));
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const tokens = tokensOf(text);

  const deep = tokens.map(offsetBelowMaxDepth).find((offset) => offset !== undefined);
  if (deep !== undefined) {
    const message = `Mappings and lists are nested more than ${maxDepth} levels deep.`;
    return { problems: [{ message, hint: 'A sync file needs four levels.', position: positionOf(deep) }] };
  }

  const documents = [...new Composer(options).compose(tokens, true, text.length)];
  const problems = [...syntaxProblems(documents, text, positionOf), ...secondDocument(documents, positionOf)];
  return problems.length > 0 ? { problems } : { contents: documents[0]?.contents ?? null, positionOf };
}

/** The library's parser, which could count them, misses some after what is no YAML. */
function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) lines.addNewLine(index + 1);
  return lines;
}

/** Stops where the text is no YAML at all, which spares the library a million errors. */
function tokensOf(text: string): CST.Token[] {
  const tokens: CST.Token[] = [];
  let errors = 0;
  for (const token of new Parser().parse(text)) {
    tokens.push(token);
    if (token.type === 'error') errors += 1;
    if (errors === maxSyntaxProblems) break;
  }
  return tokens;
}

/** Walks without recursion, which is the point: the library's does not survive what this refuses. */
function offsetBelowMaxDepth(document: CST.Token): number | undefined {
  const waiting: { readonly token: CST.Token; readonly depth: number }[] = [{ token: document, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { token, depth } = next;
    if (depth > maxDepth) return token.offset;
    if (token.type === 'document' && token.value) waiting.push({ token: token.value, depth });
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) {
      if (key) waiting.push({ token: key, depth: depth + 1 });
      if (value) waiting.push({ token: value, depth: depth + 1 });
    }
  }
  return undefined;
}

function syntaxProblems(
  documents: readonly Document.Parsed[],
  text: string,
  positionOf: (offset: number) => Position,
): Problem[] {
  const byLine = new Map<number, Problem>();
  for (const error of documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])) {
    const position = positionOf(error.pos[0]);
    if (!byLine.has(position.line)) byLine.set(position.line, { ...sentenceFor(error, text), ...quotesHint(text, position.line), position });
    if (byLine.size === maxSyntaxProblems) break;
  }
  return [...byLine.values()];
}

function secondDocument(documents: readonly Document.Parsed[], positionOf: (offset: number) => Position): Problem[] {
  const second = documents[1];
  if (second === undefined) return [];
  return [
    {
      message: 'A second YAML document starts here.',
      hint: 'Remove the line `---`: a sync file is one document. A second sync is a second file.',
      position: positionOf(second.range[0]),
    },
  ];
}

/** Most expressions hold something that means something else to YAML. */
function quotesHint(text: string, line: number): { readonly hint?: string } {
  const written = text.split('\n', line).at(-1) ?? '';
  if (!/\b(?:expression|scope) *:|\buser\.[a-z]/i.test(written) || /\t/.test(/^\s*/.exec(written)?.[0] ?? '')) return {};
  return { hint: 'Put the whole expression in single quotes, such as `\'user.city + ", " + user.country\'`, or below a `|`.' };
}

type Sentence = Omit<Problem, 'position'>;

function sentenceFor(error: YAMLError, text: string): Sentence {
  const otherwise: Sentence = {
    message: `This is not valid YAML: ${error.message}.`,
    hint: 'Check quotes, brackets and indentation here and in the line above.',
  };
  return sentences[error.code]?.(shown(text.slice(...error.pos))) ?? otherwise;
}

/** The library's own sentences name the concepts of the YAML specification; these name what a person wrote. */
const sentences: Partial<Record<ErrorCode, (found: string) => Sentence>> = {
  TAB_AS_INDENT: () => ({ message: 'A tab is used to indent.', hint: 'Indent with spaces.' }),
  BLOCK_AS_IMPLICIT_KEY: () => ({
    message: 'A key stands where a value is going on.',
    hint: 'Put a text that holds a colon and a space in quotes, and indent keys that belong together alike.',
  }),
  MULTILINE_IMPLICIT_KEY: (found) => ({ message: `No colon follows ${found}.`, hint: 'Write `key: value`.' }),
  BAD_SCALAR_START: (found) => ({
    message: `A text without quotes cannot start with ${found}.`,
    hint: 'Put the text in quotes.',
  }),
  NON_STRING_KEY: () => ({ message: 'A key must be a plain text.', hint: 'Write the key without alias, tag or brackets.' }),
  TAG_RESOLVE_FAILED: (found) => ({ message: `The tag ${found} has no meaning here.`, hint: 'Put a text that starts with `!` in quotes.' }),
};
