import { isAlias, isMap, isScalar, type Alias, type ParsedNode, type Scalar, type YAMLMap } from 'yaml';
import type { Position, Problem } from '../errors.ts';
import { shown } from './wording.ts';
import { offsetInSource } from './text-position.ts';
import { textOfNode, type YamlEntry, type YamlNode, type YamlScalar } from './yaml-node.ts';
import { readYamlSyntax } from './yaml-syntax.ts';

/** Values that aliases may stand for in total; a sync file that repeats itself in earnest has some hundred. */
const maxAliasedNodes = 10_000;

interface Anchored {
  readonly node: YamlNode;
  /** How many values it holds, itself and those behind its aliases included. */
  readonly size: number;
}

/** A document with the place of every value; no `root` where the problems leave nothing to judge. */
export interface YamlReading {
  /** `null` where the text holds no document: it is empty, or all comments. */
  readonly root: YamlNode | null | undefined;
  readonly problems: readonly Problem[];
}

/** Reads a text as one YAML 1.2 document. Never throws, and is quick whatever the text holds. */
export function readYaml(text: string): YamlReading {
  const syntax = readYamlSyntax(text);
  if ('problems' in syntax) return { root: undefined, problems: syntax.problems };
  const { contents, positionOf } = syntax;
  if (contents === null) return { root: null, problems: [] };
  const reader = new NodeReader(text, positionOf);
  const root = reader.read(contents);
  return { root: reader.isReadable ? root : undefined, problems: reader.problems };
}

class NodeReader {
  readonly problems: Problem[] = [];
  /** An alias that stands for nothing makes all that is said of its place misleading. */
  isReadable = true;
  readonly #text: string;
  readonly #positionOf: (offset: number) => Position;
  readonly #anchors = new Map<string, Anchored>();
  #size = 0;
  #aliased = 0;

  constructor(text: string, positionOf: (offset: number) => Position) {
    this.#text = text;
    this.#positionOf = positionOf;
  }

  /** `keyPosition` is where a value stands that is not written at all. */
  read(source: ParsedNode, keyPosition?: Position): YamlNode {
    const written = this.#positionOf(source.range[0]);
    if (isAlias(source)) return this.#readAlias(source, written);
    const before = this.#size;
    this.#size += 1;
    const position = source.range[0] === source.range[1] ? (keyPosition ?? written) : written;
    const node = this.#readContent(source, position);
    // Set after its content is read, so that no anchor holds itself.
    if (source.anchor !== undefined) this.#anchors.set(source.anchor, { node, size: this.#size - before });
    return node;
  }

  #readContent(source: Exclude<ParsedNode, Alias.Parsed>, position: Position): YamlNode {
    if (isScalar(source)) return this.#readScalar(source, position);
    if (isMap(source)) return { kind: 'mapping', position, entries: this.#readEntries(source) };
    return { kind: 'list', position, elements: source.items.map((element) => this.read(element)) };
  }

  #readEntries(source: YAMLMap.Parsed): Map<string, YamlEntry> {
    const entries = new Map<string, YamlEntry>();
    for (const pair of source.items) {
      const keyNode = this.read(pair.key);
      const keyPosition = keyNode.position;
      const key = textOfNode(keyNode) ?? '';
      const value = pair.value === null ? notWritten(keyPosition) : this.read(pair.value, keyPosition);
      const problem = problemOfKey(key, entries.get(key));
      if (problem === undefined) entries.set(key, { keyPosition, value });
      else this.problems.push({ ...problem, position: keyPosition });
    }
    return entries;
  }

  #readScalar({ value, source, range }: Scalar.Parsed, position: Position): YamlScalar {
    if (typeof value === 'number' && Number.isFinite(value) && String(value) !== source) {
      this.problems.push(misleadingNumber(source, value, position));
    }
    if (typeof value === 'number' || typeof value === 'boolean') {
      return { kind: 'scalar', position, value, positionOf: undefined };
    }
    if (typeof value !== 'string') return notWritten(position);
    const written = this.#text.slice(range[0], range[1]);
    return { kind: 'scalar', position, value, positionOf: (index) => this.#positionOf(range[0] + offsetInSource(written, value, index)) };
  }

  #readAlias({ source: name }: Alias.Parsed, position: Position): YamlNode {
    const anchored = this.#anchors.get(name);
    if (anchored === undefined) {
      const message = `No anchor ${shown(`&${name}`)} stands before the alias ${shown(`*${name}`)}.`;
      return this.#giveUp({ message, hint: 'Put a text that starts with `*` in quotes, or write the value out.', position });
    }
    const { node, size } = anchored;
    if (this.#aliased + size > maxAliasedNodes) {
      const message = `The aliases up to here stand for more than ${maxAliasedNodes} values.`;
      return this.#giveUp({ message, hint: 'Write the values out instead of nesting aliases.', position });
    }
    this.#size += size;
    this.#aliased += size;
    return node.kind === 'scalar' ? { ...node, position, positionOf: undefined } : { ...node, position };
  }

  #giveUp(problem: Problem): YamlNode {
    if (this.isReadable) this.problems.push(problem);
    this.isReadable = false;
    return notWritten(problem.position);
  }
}

function notWritten(position: Position): YamlScalar {
  return { kind: 'scalar', position, value: null, positionOf: undefined };
}

function problemOfKey(key: string, first: YamlEntry | undefined): Omit<Problem, 'position'> | undefined {
  if (first !== undefined) {
    const hint = `It stands in line ${first.keyPosition.line} already; keep one of them.`;
    return { message: `The key ${shown(key)} stands here a second time.`, hint };
  }
  if (key === '<<') {
    return { message: 'Merge keys (`<<`) are not part of YAML 1.2.', hint: 'Write the keys out.' };
  }
  if (key === '__proto__') return { message: 'The key `__proto__` is not allowed.', hint: 'Remove it.' };
  return undefined;
}

/** `0071`, `1.10` or more digits than a number holds: sent as the number, it would not be what the file says. */
function misleadingNumber(source: string, value: number, position: Position): Problem {
  return {
    message: `YAML takes ${shown(source)} as the number ${shown(String(value))}.`,
    hint: Number.isInteger(value) && !Number.isSafeInteger(value) ? 'Put it in quotes.' : `Write ${shown(String(value))} for the number, or put it in quotes to keep it as written.`,
    position,
  };
}
