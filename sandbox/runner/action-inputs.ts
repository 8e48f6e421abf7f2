import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isRecord } from '../http/exchange.ts';

/** Defaults of the inputs that an `action.yml` declares; empty when there is none. */
export function readInputDefaults(actionFile: string): Map<string, string> {
  const defaults = new Map<string, string>();
  if (!existsSync(actionFile)) return defaults;
  const action: unknown = parse(readFileSync(actionFile, 'utf8'));
  const inputs = isRecord(action) && isRecord(action['inputs']) ? action['inputs'] : {};
  for (const [name, input] of Object.entries(inputs)) {
    const preset = isRecord(input) ? input['default'] : undefined;
    defaults.set(name, isScalar(preset) ? String(preset) : '');
  }
  return defaults;
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/**
 * The `INPUT_` variables by which a runner hands inputs to an action: a declared input that is not given has its
 * default, and `${{ github.token }}` in a default is the token.
 */
export function inputVariables(
  defaults: ReadonlyMap<string, string>,
  given: Readonly<Record<string, string>>,
  token: string,
): Record<string, string> {
  const inputs = new Map(defaults);
  for (const [name, preset] of inputs) inputs.set(name, preset.replaceAll(/\$\{\{\s*github\.token\s*\}\}/g, token));
  for (const [name, value] of Object.entries(given)) inputs.set(name, value);
  return Object.fromEntries([...inputs].map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]));
}
