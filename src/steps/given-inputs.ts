import { SyncError } from '../errors.ts';
import type { RunEvent } from '../github/index.ts';
import { readInputs, type Inputs } from '../inputs/index.ts';

/** The inputs, and what is wrong with those by which the two sides are reached, where the run may not need them. */
export interface GivenInputs {
  readonly inputs: Inputs;
  readonly lacking: SyncError | undefined;
}

/**
 * Reads the inputs. A proposal that leaves the sync file as it is needs neither side, so that it is not given a secret, say, is
 * no reason to refuse it; whether that is so is known later.
 *
 * @throws SyncError `invalid-input`
 */
export function givenInputs(event: RunEvent): GivenInputs {
  const { untrusted, proposal } = event;
  try {
    return { inputs: readInputs(process.env, untrusted !== undefined), lacking: undefined };
  } catch (thrown) {
    if (!(thrown instanceof SyncError) || untrusted !== undefined || proposal === undefined) throw thrown;
    const inputs = inputsOffline();
    if (inputs === undefined || !isPlanning(inputs)) throw thrown;
    return { inputs, lacking: thrown };
  }
}

/** `undefined` where there is more wrong than the connections. */
function inputsOffline(): Inputs | undefined {
  try {
    return readInputs(process.env, true);
  } catch {
    return undefined;
  }
}

/** Whether a proposal is to be planned, and nothing else is asked of the run. */
export function isPlanning({ mode, explain: user }: Inputs): boolean {
  return (mode === 'auto' || mode === 'plan') && user === '';
}
