import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import Ajv from 'ajv';
import { parse, stringify } from 'yaml';
import { parseSyncFile, syncFileJsonSchema } from '../../src/config/index.ts';
import { goodFiles } from './good-files.ts';
import { wrongFiles } from './wrong-files.ts';

const isAccepted = new Ajv().compile(syncFileJsonSchema());

describe('the JSON Schema', () => {
  test.each(Object.entries(goodFiles))('accepts %s', (_name, file) => {
    isAccepted(parse(file));
    expect(isAccepted.errors).toBeNull();
  });

  test.each(Object.entries(wrongFiles))('judges as the action does: %s', (_name, { file, unseenBySchema }) => {
    expect(isAccepted(parse(file, { stringKeys: true }))).toBe(unseenBySchema ?? false);
  });

  test('explains every key', () => {
    const { properties, definitions } = syncFileJsonSchema();
    const mappings = [properties, ...subschemas(properties), definitions].filter(isRecord);
    const unexplained = mappings.flatMap((keys) => Object.entries(keys)).filter(([, key]) => !isRecord(key) || typeof key['description'] !== 'string');
    expect(mappings).toHaveLength(15);
    expect(unexplained).toEqual([]);
  });

  test('gives examples that are right', () => {
    const { examples, properties } = syncFileJsonSchema();
    expect(examples).toEqual([{ version: 1, 'sync-keys': ['email'] }]);
    for (const [key, property] of Object.entries(isRecord(properties) ? properties : {})) {
      const ofKey: unknown[] = isRecord(property) && Array.isArray(property['examples']) ? property['examples'] : [];
      for (const example of ofKey) expect(isAccepted({ version: 1, 'sync-keys': ['email'], [key]: example })).toBe(true);
    }
  });

  test('gives expressions that are right', () => {
    const given = subschemas(syncFileJsonSchema()).flatMap((keys) => (isRecord(keys) && isRecord(keys['expression']) ? [keys['expression']['examples']] : []));
    expect(given).toEqual([expect.arrayContaining([expect.any(String)])]);
    for (const expression of given.flat()) expect(() => parseSyncFile(stringify({ version: 1, 'sync-keys': ['email'], fields: { x: { expression } } }))).not.toThrow();
  });

  test('stands in the repository as it is', async () => {
    const written: unknown = JSON.parse(await readFile('schema/sync-file.schema.json', 'utf8'));
    expect(written).toEqual(JSON.parse(JSON.stringify(syncFileJsonSchema())));
    await expect(promisify(execFile)(process.execPath, ['scripts/generate-schema.ts', '--check'])).resolves.toBeDefined();
  });
});

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The keys of every mapping below `schema`. */
function subschemas(schema: unknown): unknown[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = isRecord(schema) && schema['additionalProperties'] === false ? [schema['properties']] : [];
  return [...own, ...Object.values(schema).flatMap(subschemas)];
}
