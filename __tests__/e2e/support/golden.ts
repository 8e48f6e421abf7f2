import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from '@jest/globals';

/** The golden files are to be written, not compared with. */
export const isUpdating = process.env['UPDATE_GOLDEN'] === '1';

export function updateGolden(file: string, text: string): void {
  writeFileSync(file, text);
}

export function compareWithGolden(file: string, text: string): void {
  expect(text).toBe(existsSync(file) ? readFileSync(file, 'utf8') : `There is no ${file}: run the test with UPDATE_GOLDEN=1.`);
}
