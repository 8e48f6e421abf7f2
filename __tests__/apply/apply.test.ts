import { describe, expect, test } from '@jest/globals';
import { applyPlan, type Applied, type ApplyOptions, type WriteOutcome, type Writer } from '../../src/apply/index.ts';
import { SyncError, type FailureReason } from '../../src/errors.ts';
import type { OrderedWrite, PlanEntry } from '../../src/plan/index.ts';
import { update } from '../support/oomnitza.ts';

const ok: WriteOutcome = { ok: true };
const failed = (kind = '400'): WriteOutcome => ({ ok: false, kind, unavailable: kind === '503', message: `Oomnitza answered ${kind}` });
const refused = (reason: FailureReason): SyncError => new SyncError(reason, `stopped by ${reason}`);

/** Changes named `0`, `1` … that wait for nothing. */
function changes(count: number): OrderedWrite[] {
  return Array.from({ length: count }, (_none, number) => ({ entry: update(String(number), `person${number}`, {}), after: [] }));
}

/** Lets everything happen that needs no further event. */
async function settle(): Promise<void> {
  await new Promise((resolve) => { setImmediate(resolve); });
}

async function apply(writes: readonly OrderedWrite[], write: Writer['write'], options: Partial<ApplyOptions> = {}): Promise<Applied> {
  return await applyPlan(writes, { write }, { concurrency: 4, signal: new AbortController().signal, onProgress: () => undefined, ...options });
}

/** How often each status came, and of what was not applied which it was. */
function counts({ results }: Applied): Record<string, number> {
  return Object.fromEntries(Map.groupBy(results.values(), ({ status }) => status).entries().map(([status, all]) => [status, all.length]));
}

describe('a target that no longer works', () => {
  test('ends the writing after some changes in a row', async () => {
    let calls = 0;
    const applied = await apply(changes(300), () => Promise.resolve(++calls > 60 ? failed('503') : ok));
    expect(applied.stopped).toMatchObject({ reason: 'target-unavailable' });
    expect(counts(applied)['applied']).toBe(60);
    expect(counts(applied)['failed']).toBeLessThan(20);
  });

  test('but not where others succeed in between', async () => {
    let calls = 0;
    const applied = await apply(changes(40), () => Promise.resolve(++calls % 3 === 0 ? ok : failed('503')));
    expect(applied.stopped).toBeUndefined();
  });
});

describe('changes', () => {
  test('are all written, and told one by one', async () => {
    const writes = changes(10);
    const progress: number[] = [];
    const applied = await apply(writes, () => Promise.resolve(ok), { onProgress: (done) => progress.push(done) });
    expect([...applied.results.keys()].toSorted()).toEqual(writes.map(({ entry }) => entry).toSorted());
    expect(new Set(applied.results.values().map(({ status, message }) => `${status} ${message}`))).toEqual(new Set(['applied ']));
    expect(applied.stopped).toBeUndefined();
    expect(progress).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('may be none', async () => {
    expect(await apply([], () => Promise.reject(new Error('asked')))).toEqual({ results: new Map(), stopped: undefined });
  });

  test.each([1, 3, 8])('are written %i at a time, never more', async (concurrency) => {
    let underway = 0;
    let most = 0;
    await apply(
      changes(30),
      async () => {
        most = Math.max(most, ++underway);
        await settle();
        underway -= 1;
        return ok;
      },
      { concurrency },
    );
    expect(most).toBe(concurrency);
  });

  test('are written though others fail', async () => {
    const writes = changes(60);
    const applied = await apply(writes, ({ oomnitzaId }) => Promise.resolve(Number(oomnitzaId) % 3 === 0 ? failed() : ok));
    expect(counts(applied)).toEqual({ applied: 40, failed: 20 });
    expect(applied.results.get(writes[0]?.entry ?? update('', '', {}))).toEqual({ status: 'failed', message: 'Oomnitza answered 400' });
    expect(applied.stopped).toBeUndefined();
  });
});

test('what is told of changes holds no secret, however they were written', async () => {
  const quoting: WriteOutcome = { ok: false, kind: '503', unavailable: true, message: 'it says: the-token' };
  const redact = (text: string): string => text.replaceAll('the-token', '***');
  const writes = changes(60);
  const [inBulk] = writes.map(({ entry }) => entry);
  const bulk = { takes: (entry: PlanEntry) => entry === inBulk, write: () => Promise.resolve({ outcomes: new Map(inBulk === undefined ? [] : [[inBulk, quoting]]), stopped: undefined }) };
  const applied = await apply(writes, () => Promise.resolve(quoting), { redact, bulk });
  expect([...applied.results.values()].filter(({ status }) => status === 'failed').map(({ message }) => message)).toEqual(expect.arrayContaining(['it says: ***']));
  expect(JSON.stringify([...applied.results.values(), applied.stopped?.message])).not.toContain('the-token');
  expect(applied.stopped?.message).toContain('***');
});

describe('a change that waits for others', () => {
  test('starts when they are done, and is not attempted where one of them could not be written', async () => {
    const [first, second, third, fourth] = changes(4).map(({ entry }) => entry);
    if (first === undefined || second === undefined || third === undefined || fourth === undefined) throw new Error('too few');
    const log: string[] = [];
    const write = async ({ username }: PlanEntry): Promise<WriteOutcome> => {
      log.push(`start ${username}`);
      for (let turn = 0; turn < 3; turn++) await settle();
      log.push(`end ${username}`);
      return username === 'person1' ? failed() : ok;
    };
    const writes = [{ entry: first, after: [] }, { entry: second, after: [first] }, { entry: third, after: [] }, { entry: fourth, after: [first, second] }];
    const applied = await apply(writes, write);
    expect(log.indexOf('start person1')).toBeGreaterThan(log.indexOf('end person0'));
    expect(log.indexOf('start person2')).toBeLessThan(log.indexOf('end person0'));
    expect(log).not.toContain('start person3');
    expect(counts(applied)).toEqual({ applied: 2, failed: 1, 'not-attempted': 1 });
    expect(applied.results.get(fourth)?.message).toContain('of the same value');
    expect(applied.stopped).toBeUndefined();
  });

  test.each([
    ['username', { applied: 1, failed: 1, 'not-attempted': 1 }],
    ['phone', { applied: 2, failed: 1 }],
  ])('of the same person is kept back by a failed change of %s as it should be', async (field, expected) => {
    const first = update('7', 'ann', { [field]: 'new' });
    const suspend: PlanEntry = { ...update('7', 'ann', { suspended: true }), action: 'suspend' };
    const writes = [{ entry: first, after: [] }, { entry: update('8', 'bob', {}), after: [] }, { entry: suspend, after: [first] }];
    const applied = await apply(writes, (entry) => Promise.resolve(entry === first ? failed() : ok));
    expect(counts(applied)).toEqual(expected);
  });

  test('is kept back along the whole chain', async () => {
    const [first, second, third] = changes(3).map(({ entry }) => entry);
    if (first === undefined || second === undefined || third === undefined) throw new Error('too few');
    const applied = await apply([{ entry: first, after: [] }, { entry: second, after: [first] }, { entry: third, after: [second] }], () => Promise.resolve(failed()));
    expect(counts(applied)).toEqual({ failed: 1, 'not-attempted': 2 });
  });

  test('can stand at the end of a chain longer than what is written at a time', async () => {
    const entries = changes(50).map(({ entry }) => entry);
    const log: (string | null)[] = [];
    await apply(
      entries.map((entry, index) => ({ entry, after: entries.slice(Math.max(0, index - 1), index) })),
      async ({ oomnitzaId }) => {
        await settle();
        log.push(oomnitzaId);
        return ok;
      },
      { concurrency: 3 },
    );
    expect(log).toEqual(entries.map(({ oomnitzaId }) => oomnitzaId));
  });
});

describe('suspends', () => {
  const suspend = (id: string): OrderedWrite => ({ entry: { ...update(id, id, { suspended: true }), action: 'suspend' }, after: [] });

  test('start when everything else has ended', async () => {
    const log: string[] = [];
    const write = async ({ action, oomnitzaId }: PlanEntry): Promise<WriteOutcome> => {
      log.push(`start ${action}`);
      for (let turn = 0; oomnitzaId === '0' && turn < 5; turn++) await settle();
      log.push(`end ${action}`);
      return ok;
    };
    await apply([...changes(2), suspend('s')], write);
    expect(log).toEqual(['start update', 'start update', 'end update', 'end update', 'start suspend', 'end suspend']);
  });

  test('are not written where a change under way stops the writing', async () => {
    const applied = await apply([...changes(1), suspend('s')], async ({ action }) => {
      await settle();
      if (action === 'update') throw refused('authentication');
      return ok;
    });
    expect(counts(applied)).toEqual({ failed: 1, 'not-attempted': 1 });
  });

  test('come last in bulk, too', async () => {
    const log: string[] = [];
    const bulk: ApplyOptions['bulk'] = {
      takes: ({ oomnitzaId }) => oomnitzaId !== '0',
      write: (entries) => {
        log.push(`bulk ${entries.map(({ action }) => action).join(' ')}`);
        return Promise.resolve({ outcomes: new Map(entries.map((entry) => [entry, ok])), stopped: undefined });
      },
    };
    await apply([...changes(2), suspend('s')], ({ action }) => Promise.resolve(log.push(`rest ${action}`)).then(() => ok), { bulk });
    expect(log).toEqual(['bulk update', 'rest update', 'bulk suspend']);
  });
});

describe('a refusal of everything', () => {
  test.each(['authentication', 'permission', 'target-unavailable'] as const)('stops the writing: %s', async (reason) => {
    const writes = changes(20);
    const applied = await apply(
      writes,
      async ({ oomnitzaId }) => {
        await settle();
        if (oomnitzaId === '5') throw refused(reason);
        return ok;
      },
      { concurrency: 1 },
    );
    expect(counts(applied)).toEqual({ applied: 5, failed: 1, 'not-attempted': 14 });
    expect(applied.stopped).toMatchObject({ reason, message: `stopped by ${reason}` });
    expect([...applied.results.values()][5]).toEqual({ status: 'failed', message: `stopped by ${reason}` });
    expect([...applied.results.values()][6]).toEqual({ status: 'not-attempted', message: '' });
  });

  test('lets changes under way end, and tells what became of them', async () => {
    const applied = await apply(changes(20), async ({ oomnitzaId }) => {
      await settle();
      if (oomnitzaId === '0') throw refused('authentication');
      for (let turn = 0; turn < 3; turn++) await settle();
      return oomnitzaId === '1' ? failed() : ok;
    });
    expect(counts(applied)).toEqual({ applied: 2, failed: 2, 'not-attempted': 16 });
  });

  test('is an unknown error, too', async () => {
    const applied = await apply(changes(3), () => Promise.reject(new TypeError('no such thing')), { concurrency: 1 });
    expect(counts(applied)).toEqual({ failed: 1, 'not-attempted': 2 });
    expect(applied.stopped).toMatchObject({ reason: 'internal', message: expect.stringContaining('no such thing') });
  });

  test.each([
    ['permission', 'authentication', 'authentication'],
    ['authentication', 'permission', 'authentication'],
    ['target-unavailable', 'permission', 'permission'],
    ['target-unavailable', 'internal', 'target-unavailable'],
    ['internal', 'target-unavailable', 'target-unavailable'],
  ] as const)('of two kinds, %s before %s, is the graver one', async (first, second, graver) => {
    const applied = await apply(changes(10), async ({ oomnitzaId }) => {
      await settle();
      if (oomnitzaId === '0') throw refused(first);
      await settle();
      throw refused(second);
    });
    expect(applied.stopped?.reason).toBe(graver);
  });
});

describe('the end of the run', () => {
  test('keeps further changes from being started, and lets those under way end', async () => {
    const run = new AbortController();
    const applied = await apply(
      changes(20),
      async ({ oomnitzaId }) => {
        if (oomnitzaId === '3') run.abort(refused('cancelled'));
        await settle();
        return ok;
      },
      { signal: run.signal },
    );
    expect(counts(applied)).toEqual({ applied: 4, 'not-attempted': 16 });
    expect(applied.stopped).toMatchObject({ reason: 'cancelled' });
  });

  test('before the first change lets none start', async () => {
    const applied = await apply(changes(3), () => Promise.reject(new Error('asked')), { signal: AbortSignal.abort(refused('cancelled')) });
    expect(counts(applied)).toEqual({ 'not-attempted': 3 });
    expect(applied.stopped?.reason).toBe('cancelled');
  });

  test('leaves open what became of a change that it breaks off', async () => {
    const run = new AbortController();
    const applied = await apply(
      changes(1),
      () => {
        run.abort(refused('cancelled'));
        return Promise.reject(refused('cancelled'));
      },
      { signal: run.signal },
    );
    expect([...applied.results.values()]).toEqual([{ status: 'failed', message: 'The run ended in the middle of this change; it may or may not have been written.' }]);
    expect(applied.stopped?.reason).toBe('cancelled');
  });

  test('leaves a change not attempted of which nothing was sent yet', async () => {
    const run = new AbortController();
    const applied = await apply(
      changes(2),
      () => {
        run.abort(refused('timeout'));
        return Promise.resolve({ ok: false, notBegun: true, kind: 'ended', unavailable: false, message: 'not sent' });
      },
      { signal: run.signal },
    );
    expect(applied).toMatchObject({ stopped: { reason: 'timeout' } });
    expect(counts(applied)).toEqual({ 'not-attempted': 2 });
  });

  test('counts for more than a refusal, whichever came first', async () => {
    const run = new AbortController();
    const applied = await apply(
      changes(8),
      async ({ oomnitzaId }) => {
        await settle();
        if (oomnitzaId === '0') throw refused('authentication');
        await settle();
        run.abort(refused('cancelled'));
        throw refused('authentication');
      },
      { signal: run.signal },
    );
    expect(applied.stopped?.reason).toBe('cancelled');
  });

  test('that comes when all is written takes nothing away', async () => {
    const run = new AbortController();
    const applied = await apply(
      changes(1),
      async () => {
        run.abort(refused('cancelled'));
        await settle();
        return ok;
      },
      { signal: run.signal },
    );
    expect(applied).toMatchObject({ stopped: undefined });
    expect(counts(applied)).toEqual({ applied: 1 });
  });
});

describe('failures that are all alike', () => {
  test('stop the writing after the first fifty', async () => {
    const applied = await apply(changes(80), () => Promise.resolve(failed('400')), { concurrency: 1 });
    expect(counts(applied)).toEqual({ failed: 50, 'not-attempted': 30 });
    expect(applied.stopped).toMatchObject({ reason: 'record-failures', message: 'The first 50 changes all failed alike: Oomnitza answered 400' });
  });

  test.each([
    ['one that worked', ok],
    ['one that failed otherwise', failed('409')],
  ])('do not with %s among them', async (_name, other) => {
    for (const odd of ['0', '25', '49']) {
      const applied = await apply(changes(80), ({ oomnitzaId }) => Promise.resolve(oomnitzaId === odd ? other : failed('400')), { concurrency: 1 });
      expect(counts(applied)['not-attempted']).toBeUndefined();
      expect(applied.stopped).toBeUndefined();
    }
  });

  test('do not when they are fewer, or come later', async () => {
    expect((await apply(changes(49), () => Promise.resolve(failed()))).stopped).toBeUndefined();
    expect((await apply(changes(200), ({ oomnitzaId }) => Promise.resolve(oomnitzaId === '0' ? ok : failed()), { concurrency: 1 })).stopped).toBeUndefined();
  });

  test('do not when all of them work', async () => {
    expect((await apply(changes(200), () => Promise.resolve(ok))).stopped).toBeUndefined();
  });

  test('count for less than a refusal', async () => {
    const applied = await apply(
      changes(80),
      async ({ oomnitzaId }) => {
        if (oomnitzaId !== '3') return failed();
        for (let turn = 0; turn < 100; turn++) await settle();
        throw refused('authentication');
      },
      { concurrency: 4 },
    );
    expect(counts(applied)).toEqual({ failed: 51, 'not-attempted': 29 });
    expect(applied.stopped?.reason).toBe('authentication');
  });
});
