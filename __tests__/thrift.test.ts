import { expect, test } from '@jest/globals';
import { giveBackAfter } from '../src/thrift.ts';

test('after a large plan, what nobody needs any more is gone', async () => {
  const read = new WeakRef({ of: 'what was read' });
  await giveBackAfter({ entries: [] }, { entries: Array.from({ length: 50_000 }) });
  expect(read.deref()).toBeUndefined();
});
