import type { ArgumentValue, ConverterCall } from '../converters/index.ts';
import { elementsOf, entriesOf, entryOf, type YamlNode } from './yaml-node.ts';

/**
 * The calls of a rule with the entries of each table in the order of the file, which decides which of them is found first.
 * A validated table comes out of an object, where keys of digits stand first.
 *
 * @param convert what stands under `convert`
 */
export function inFileOrder(calls: readonly ConverterCall[], convert: YamlNode | undefined): readonly ConverterCall[] {
  const nodes = convert?.kind === 'list' ? elementsOf(convert) : [convert];
  return calls.map(({ name, args }, index) => {
    const written = entryOf(nodes[index], name)?.value;
    const ordered = Object.entries(args).map(([argument, value]): [string, ArgumentValue | undefined] => [argument, orderedLike(value, entryOf(written, argument)?.value)]);
    return { name, args: Object.fromEntries(ordered) };
  });
}

function orderedLike(value: ArgumentValue | undefined, written: YamlNode | undefined): ArgumentValue | undefined {
  if (!(value instanceof Map)) return value;
  const ordered = new Map<string, string | number | boolean>();
  for (const [key] of entriesOf(written)) {
    const result: unknown = value.get(key);
    if (typeof result === 'string' || typeof result === 'number' || typeof result === 'boolean') ordered.set(key, result);
  }
  return ordered;
}
