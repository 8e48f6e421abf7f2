import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CREDENTIALS, type Sandbox } from '../../sandbox/index.ts';
import { parseSyncFile } from '../../src/config/index.ts';
import { SyncError } from '../../src/errors.ts';
import { readInputs, type Inputs } from '../../src/inputs/index.ts';
import { readBothSides, type Reading } from '../../src/steps/read.ts';
import { Run } from '../../src/steps/run.ts';
import { captureLog, setEnvironment } from '../support/github.ts';
import { trustedSandbox } from '../support/sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await trustedSandbox();
  captureLog();
});
afterAll(async () => {
  await sandbox.close();
});

function inputs(): Inputs {
  const restore = setEnvironment(Object.fromEntries(Object.entries(sandbox.inputs()).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])));
  try {
    return readInputs({});
  } finally {
    restore();
  }
}

/** Oomnitza refuses its token at once; the directory ends as told as soon as it is given up. */
async function failure(directory: (reading: Reading) => unknown): Promise<unknown> {
  const run = new Run();
  sandbox.instance.tokens.set(CREDENTIALS.apiToken, new Set());
  const readUsers = async (reading: Reading): Promise<void> => {
    await new Promise<void>((resolve) => { reading.signal.addEventListener('abort', () => { resolve(); }); });
    throw directory(reading);
  };
  try {
    await readBothSides(run, inputs(), parseSyncFile('version: 1\nsync-keys: [email]\n'), () => undefined, readUsers);
    return undefined;
  } catch (thrown) {
    return thrown;
  } finally {
    run.interruption.close();
  }
}

test('a side that is given up changes nothing about the failure', async () => {
  expect(await failure(({ signal }) => signal.reason)).toMatchObject({ reason: 'permission' });
});

test('of two sides that fail at the same time the graver failure is told', async () => {
  expect(await failure(() => new SyncError('authentication', 'no sign-in'))).toMatchObject({ reason: 'authentication' });
  expect(await failure(() => new SyncError('directory-incomplete', 'half of it'))).toMatchObject({ reason: 'permission' });
});
