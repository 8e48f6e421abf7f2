import type { Position } from '../errors.ts';

/**
 * What a YAML file says, each part with its place. Aliases are resolved. Mappings are Maps, so that no key, whatever
 * it is called, can reach a prototype.
 */
export type YamlNode = YamlMapping | YamlList | YamlScalar;

export interface YamlMapping {
  readonly kind: 'mapping';
  readonly position: Position;
  readonly entries: ReadonlyMap<string, YamlEntry>;
}

export interface YamlEntry {
  readonly keyPosition: Position;
  readonly value: YamlNode;
}

export interface YamlList {
  readonly kind: 'list';
  readonly position: Position;
  readonly elements: readonly YamlNode[];
}

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly position: Position;
  readonly value: string | number | boolean | null;
  /** Where a character of a text stands; `undefined` for what is no text, or stands elsewhere behind an alias. */
  readonly positionOf: ((index: number) => Position) | undefined;
}

/** Keys of mappings and indexes of lists, outermost first. */
export type YamlPath = readonly (string | number)[];

/** The entry of `node` under `key`; `undefined` where there is none or `node` is no mapping. */
export function entryOf(node: YamlNode | undefined, key: string): YamlEntry | undefined {
  return node?.kind === 'mapping' ? node.entries.get(key) : undefined;
}

/** The entries of a mapping in the order of the file; none for anything else. */
export function entriesOf(node: YamlNode | undefined): readonly (readonly [string, YamlEntry])[] {
  return node?.kind === 'mapping' ? [...node.entries] : [];
}

/** The elements of a list, or the node alone where it is no list. */
export function elementsOf(node: YamlNode | undefined): readonly YamlNode[] {
  if (node === undefined) return [];
  return node.kind === 'list' ? node.elements : [node];
}

/** The text of a scalar; `undefined` for anything else. */
export function textOfNode(node: YamlNode | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** What stands at `path`, if anything does; index 0 of anything but a list is the thing itself. */
export function nodeAt(root: YamlNode, path: YamlPath): YamlNode | undefined {
  let node: YamlNode | undefined = root;
  for (const step of path) {
    node = typeof step === 'number' ? elementsOf(node)[step] : entryOf(node, step)?.value;
  }
  return node;
}

/** Where the innermost key on `path` stands that the file has; the file's start without one. */
export function nearestKeyPosition(root: YamlNode, path: YamlPath): Position {
  let position: Position = { line: 1, column: 1 };
  let node: YamlNode | undefined = root;
  for (const step of path) {
    const entry: YamlEntry | undefined = entryOf(node, String(step));
    position = entry?.keyPosition ?? position;
    node = entry?.value;
  }
  return position;
}

/** Where the value at `path` stands or, where it is missing, the innermost key on the way to it. */
export function positionAt(root: YamlNode, path: YamlPath): Position {
  return nodeAt(root, path)?.position ?? nearestKeyPosition(root, path);
}

/** The same content as plain values without positions, for a validator. */
export function plainValueOf(node: YamlNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.elements.map(plainValueOf);
    case 'mapping':
      return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plainValueOf(value)]));
  }
}
