import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { giveBackAfter } from '../src/thrift.ts';

test('after a large plan, what nobody needs any more is gone', async () => {
  const read = new WeakRef({ of: 'what was read' });
  await giveBackAfter({ entries: [] }, { entries: Array.from({ length: 50_000 }) });
  expect(read.deref()).toBeUndefined();
});

test('a Node that lets nobody look into its memory keeps the room, and goes on', async () => {
  const thrift = new URL('../src/thrift.ts', import.meta.url);
  const script = `const { giveBackAfter } = await import(${JSON.stringify(thrift)}); await giveBackAfter({ entries: Array.from({ length: 50_000 }) }); console.log('went on');`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--permission', '--allow-fs-read=*', '--input-type=module', '--eval', script]);
  expect(stdout).toBe('went on\n');
});
