import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { notesOn } from './changelog.ts';

/*
 * Prints what CHANGELOG.md says of a version: node scripts/release-notes.ts v1.2.3
 * Fails where tag, package.json and changelog do not agree, so that none of them is forgotten.
 */

const root = resolve(import.meta.dirname, '..');
const [tag = ''] = process.argv.slice(2);
const faults: string[] = [];

const [, version] = /^v(\d+\.\d+\.\d+)$/.exec(tag) ?? [];
if (version === undefined) faults.push(`the tag ${JSON.stringify(tag)} is no version such as v1.2.3`);

const declared: unknown = Reflect.get(Object(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))), 'version');
if (version !== undefined && declared !== version) faults.push(`package.json has version ${String(declared)}`);

const notes = version === undefined ? '' : notesOn(version, readFileSync(join(root, 'CHANGELOG.md'), 'utf8'));
if (version !== undefined && notes === '') faults.push(`CHANGELOG.md says nothing of ${version}`);

if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exitCode = 1;
} else {
  console.log(notes);
}
