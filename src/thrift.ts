import { setFlagsFromString } from 'node:v8';

/** A run on 100,000 people of whom few differ stays below it. */
const plentyBytes = 300 * 2 ** 20;
/** What was read for fewer entries is no burden to what follows. */
const manyEntries = 50_000;
let isThrifty = false;

/**
 * Sees to it that a run which has become large grows slowly from here on: V8 lets what lasts double or more before it looks through
 * it for garbage, so that a plan of 200,000 changes would keep as much garbage as it is large. Looking more often costs
 * half as much processor time again, which all other runs are spared.
 */
export async function beThriftyWhenLarge(): Promise<void> {
  if (isThrifty || process.memoryUsage.rss() < plentyBytes) return;
  isThrifty = true;
  setFlagsFromString('--heap-growing-percent=10');
  // While V8 looks beside the work that goes on, up to a fifth more comes up; to stop for it takes no more processor time.
  setFlagsFromString('--no-incremental-marking');
  // It decided the last time how far it may grow until the next.
  await giveBack();
}

/** Gives back what was read for these plans, once nothing but they are needed, so that reports do not come on top of it. */
export async function giveBackAfter(...plans: readonly { readonly entries: readonly unknown[] }[]): Promise<void> {
  if (plans.some(({ entries }) => entries.length >= manyEntries)) await giveBack();
}

/**
 * Has V8 collect all garbage, and the system get the room: V8 keeps some 100 MiB of it otherwise. Takes half a second in a large run.
 * Where that cannot be had, the run goes on and is larger.
 */
async function giveBack(): Promise<void> {
  try {
    // Node may be built without an inspector, and refuses one under its permission model.
    const { Session } = await import('node:inspector/promises');
    const session = new Session();
    session.connect();
    try {
      await session.post('HeapProfiler.collectGarbage');
    } finally {
      session.disconnect();
    }
  } catch {
    // It saves memory, and no result hangs on it: a run that has room enough must not fail for it.
  }
}
