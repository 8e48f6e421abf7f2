import { SyncError } from '../../src/errors.ts';
import { disclosedFailure } from '../../src/report/index.ts';
import { revealed } from '../../src/reserved.ts';

/** A value with the reserved parts of all its texts, as a report that hides nothing shows them. */
export function inFull(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(revealed(JSON.stringify(value)));
}

/** The same of what a promise comes to, its failure included. */
export async function toldInFull(promise: Promise<unknown>): Promise<unknown> {
  try {
    return inFull(await promise);
  } catch (thrown) {
    throw thrown instanceof SyncError ? disclosedFailure(thrown, 'full') : thrown;
  }
}
