import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from '@jest/globals';

/** The golden files are to be written, not compared with. */
export const isUpdating = process.env['UPDATE_GOLDEN'] === '1';

export function updateGolden(file: string, text: string): void {
  writeFileSync(file, asStored(text));
}

export function compareWithGolden(file: string, text: string): void {
  expect(asStored(text)).toBe(existsSync(file) ? readFileSync(file, 'utf8') : `There is no ${file}: run the test with UPDATE_GOLDEN=1.`);
}

/** Git stores texts with plain line ends; that the CSV has CRLF is asserted by the tests of the report. */
function asStored(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
