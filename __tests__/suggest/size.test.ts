import { afterEach, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSyncFile, parseSyncFile } from '../../src/config/index.ts';
import { suggestFor } from './world.ts';

const folders: string[] = [];
afterEach(async () => { await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true }))); });

/** How many rules a sync file has that is read as any other is. */
async function rulesIn(text: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'suggestion-'));
  folders.push(folder);
  await writeFile(join(folder, 'sync.yml'), text);
  return parseSyncFile((await openSyncFile(folder, 'sync.yml')).text).rules.length;
}

test('fields without a rule are counted where a list of them would make the file too large', async () => {
  const fields = Array.from({ length: 800 }, (_none, index) => ({ name: `f${index}${'x'.repeat(400)}` }));
  const { text } = suggestFor({ people: 2, fields });
  expect(await rulesIn(text)).toBe(2);
  expect(text).toContain('# Not matched: 800 fields');
});

test('guesses go before what is proven where the file would be too large even so', async () => {
  const guesses = Array.from({ length: 700 }, (_none, index) => ({ name: `a${index}${'x'.repeat(400)}`, label: 'City' }));
  const { text, lines, proven, unmatched } = suggestFor({ people: 20, fields: [...guesses, { name: 'z' }], user: (number) => ({ city: `Town ${number}`, employeeId: `E${number}` }), record: (number) => ({ z: `E${number}` }) });
  const rules = await rulesIn(text);
  expect(rules).toBeGreaterThan(200);
  expect([proven, rules + unmatched]).toEqual([3, 703]);
  expect(lines.get('z')).toMatchObject({ source: 'employeeId', isGuess: false });
  expect(text).toContain(`# Not matched: ${unmatched} fields`);
});
