import { readFile } from 'node:fs/promises';

/** What GitHub says about the event; `undefined` in a local run. */
export async function payloadAt(path: string | undefined): Promise<unknown> {
  if (path === undefined) return undefined;
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** What stands in a payload under these names, outermost first. */
export function property(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((inner, name): unknown => Reflect.get(Object(inner), name), value);
}

/** The same where it is a text that says something. */
export function textIn(value: unknown, ...path: readonly string[]): string | undefined {
  const text = property(value, ...path);
  return typeof text === 'string' && text !== '' ? text : undefined;
}
