import { describe, expect, test } from '@jest/globals';
import { applyPlan, type Applied } from '../../src/apply/index.ts';
import { HttpFailure } from '../../src/http/index.ts';
import { createBulkWriter, createWriter, readFields } from '../../src/oomnitza/index.ts';
import type { PlanEntry } from '../../src/plan/index.ts';
import { answer, plain } from '../support/http.ts';
import { inFull } from '../support/in-full.ts';
import { nearInstance, type Between, type NearInstance } from '../support/in-process.ts';
import { creation, update } from '../support/oomnitza.ts';

interface Story extends NearInstance {
  readonly applied: Applied;
  readonly notices: readonly string[];
  /** `METHOD path` of every call that writes, ids of runs left out. */
  readonly writes: readonly string[];
  /** What became of each change, with its message. */
  readonly told: readonly string[];
}

interface Given {
  readonly entries: (near: NearInstance) => readonly PlanEntry[];
  readonly between?: Between;
  readonly arrange?: (near: NearInstance) => void;
  readonly signal?: AbortSignal;
  readonly people?: number;
}

const uuid = /[0-9a-f]{8}-[0-9a-f-]{27}/;

async function carryOut({ entries, between, arrange, signal = new AbortController().signal, people = 100_000 }: Given): Promise<Story> {
  const near = nearInstance(between);
  const fields = (await readFields(near.oomnitza)) ?? new Map<string, never>();
  arrange?.(near);
  const changes = entries(near);
  const notices: string[] = [];
  near.http.requests.length = 0;
  const bulk = createBulkWriter(near.oomnitza, { connectorName: 'Azureusers', fields, keyFields: ['email'], people, concurrency: 2, notice: (sentence) => { notices.push(sentence); } });
  const options = { concurrency: 2, signal, onProgress: () => undefined, bulk };
  const applied = await applyPlan(changes.map((entry) => ({ entry, after: [] })), createWriter(near.oomnitza, ['email']), options);
  const writes = near.http.requests.filter(({ method }) => method !== 'GET').map(({ method, url }) => `${method} ${url.pathname.replace(uuid, '{id}').replace(/users\/.+/, 'users/{ident}')}`);
  const told = changes.map((entry) => {
    const { status, message } = applied.results.get(entry) ?? { status: 'missing', message: '' };
    return message === '' ? status : `${status}: ${message}`;
  });
  return { ...near, applied, notices, writes, told };
}

const person = (name: string, more = {}): PlanEntry => creation({ email: `${name}@x.y`, username: name, role: 25, ...more });
const people = (count: number): PlanEntry[] => Array.from({ length: count }, (_each, index) => person(`p${index}`));
const isBulk = (path: string): boolean => path === '/api/v3/bulk';
const lost = (maybeSent: boolean): HttpFailure => new HttpFailure('network', 'h', maybeSent, 'closed the connection');
const bulkCalls = ['POST /api/v3/bulk', 'POST /api/v3/bulk/{id}/finalize'];

test('what is looked up to tell applied from failed takes few calls, whatever names people have', async () => {
  const names = people(250).map((entry, index) => (index % 50 === 0 ? person(`o'neil${index}`) : entry));
  const filtered = await carryOut({ entries: () => names });
  expect(new Set(filtered.told)).toEqual(new Set(['applied']));
  expect(filtered.http.requests.filter(({ url }) => url.searchParams.has('filter')).length).toBe(3);
  // Both kinds of quotes cannot be written in a filter; then everybody is read.
  const unspeakable = await carryOut({ entries: () => [person(`o'"neil`)] });
  expect(unspeakable.told).toEqual(['applied']);
  const ignoring = await carryOut({
    entries: () => [person('ada')],
    arrange: ({ instance }) => { instance.addRecord({ email: 'bob@x.y' }); },
    between: (request, serve) => {
      request.url.searchParams.delete('filter');
      return serve();
    },
  });
  expect(ignoring.told).toEqual(['applied']);
});

describe('a call that is not answered', () => {
  test('is never sent again; what it did is read', async () => {
    const story = await carryOut({
      entries: () => people(3),
      between: (request, serve) => {
        const served = serve();
        return isBulk(request.url.pathname) ? Promise.reject(lost(true)) : served;
      },
    });
    expect(story.told).toEqual(['applied', 'applied', 'applied']);
    expect(story.writes).toEqual(bulkCalls);
    expect(story.instance.records.size).toBe(3);
  });

  test('by the API but by a web page is not taken for done', async () => {
    let calls = 0;
    const story = await carryOut({
      entries: () => people(101),
      between: (request, serve) => (isBulk(request.url.pathname) && ++calls === 2 ? plain(200, '<html>') : serve()),
    });
    expect(new Set(story.told)).toEqual(new Set(['applied']));
    expect(story.writes).toEqual(['POST /api/v3/bulk', ...bulkCalls, 'POST /api/v3/users']);
  });

  test('and was not carried out although the rest was, is made up for by REST', async () => {
    let calls = 0;
    const story = await carryOut({
      entries: () => people(101),
      between: (request, serve) => (isBulk(request.url.pathname) && ++calls === 2 ? Promise.reject(lost(true)) : serve()),
    });
    expect(new Set(story.told)).toEqual(new Set(['applied']));
    expect(story.writes).toEqual(['POST /api/v3/bulk', ...bulkCalls, 'POST /api/v3/users']);
    expect(story.instance.records.size).toBe(101);
  });

  test('because it never left is written by REST', async () => {
    const story = await carryOut({ entries: () => people(2), between: (request, serve) => (isBulk(request.url.pathname) ? Promise.reject(lost(false)) : serve()) });
    expect(story.told).toEqual(['applied', 'applied']);
    expect(story.writes).toEqual(['POST /api/v3/bulk', 'POST /api/v3/users', 'POST /api/v3/users']);
  });
});

test('an instance without the bulk API is written to by REST, with a notice', async () => {
  const story = await carryOut({ entries: () => people(2), arrange: ({ instance }) => { instance.behaviour.bulk = false; } });
  expect(story.told).toEqual(['applied', 'applied']);
  expect(story.notices).toEqual([expect.stringMatching(/no bulk API/)]);
});

test.each([
  [401, 'authentication'],
  [403, 'permission'],
])('%i stops everything', async (status, reason) => {
  const { applied, told } = await carryOut({
    entries: () => [...people(100), update('u1', 'x', { email: 'new@x.y' })],
    between: (request, serve) => (isBulk(request.url.pathname) ? answer(status, {}) : serve()),
  });
  expect(applied.stopped).toMatchObject({ reason });
  expect([told[0], told[100]]).toEqual([expect.stringMatching(/^failed: Oomnitza/), 'not-attempted']);
});

test('calls that are all refused alike stop the run before the rest is sent', async () => {
  const { applied, writes } = await carryOut({
    entries: () => people(1000),
    between: (request, serve) => (isBulk(request.url.pathname) ? answer(400, { error: 'No.' }) : serve()),
  });
  expect(applied.stopped).toMatchObject({ reason: 'record-failures' });
  expect(writes.length).toBeLessThanOrEqual(3);
});

describe('a failure', () => {
  const refused = person('adam', { employee_type: 'Wizard' });
  test.each([
    ['texts', /^failed: .*run log says: .*employee_type.*Wizard/],
    ['objects', /^failed: .*run log says: Field 'employee_type' has no option/],
    ['none', /^failed: .*run log does not say why/],
  ] as const)('is told in the words of the run log about this person (%s)', async (bulkLogs, words) => {
    const { told } = await carryOut({
      entries: () => [person('ada'), person('ada.m', { employee_type: 'Other' }), refused],
      arrange: ({ instance }) => { instance.behaviour.bulkLogs = bulkLogs; },
    });
    expect(told[0]).toBe('applied');
    expect(inFull(told[2])).toMatch(words);
    if (bulkLogs !== 'none') expect(told[1]).toMatch(/Other/);
  });

  test('is also a change that the instance dropped in silence, in whole or in part', async () => {
    const changed = (id: string, fields: Parameters<typeof update>[2]): PlanEntry => ({ ...update(id, id, fields), foundBy: { field: 'email', value: `${id}@x.y` } });
    const { told, notices } = await carryOut({
      arrange: ({ instance }) => {
        for (const id of ['a', 'b', 'c']) instance.addRecord({ user_id: id, username: id, email: `${id}@x.y` });
        instance.addRecord({ email: 'z@x.y' });
      },
      entries: () => [changed('a', { department: 'IT', office: 'Oslo' }), changed('b', { phone_number: '0 0 7' }), changed('gone', { office: 'Oslo' })],
      between: (request, serve) => {
        const served = serve();
        if (request.method !== 'GET' || !request.url.searchParams.has('filter')) return served;
        const text = served.text.replace('"Oslo"', 'null').replace('"0 0 7"', '"007"');
        return { ...served, text, json: JSON.parse(text) };
      },
    });
    expect(told).toEqual([expect.stringMatching(/^failed: .*written without `office`/), 'applied', expect.stringMatching(/^failed: .*No object to update/)]);
    expect(notices).toEqual([expect.stringMatching(/keeps other values than those sent in `phone_number`/)]);
  });
});

test('a run that is never processed is waited for no longer than so', async () => {
  const { told, notices, http } = await carryOut({ entries: () => people(1), arrange: ({ instance }) => { instance.behaviour.bulkPolls = Infinity; } });
  expect(told).toEqual([expect.stringMatching(/^failed: .*still being processed/)]);
  expect(notices).toEqual([expect.stringMatching(/did not say that the bulk run was processed/)]);
  expect(http.pauses).toBeLessThan(100);
});

test('a run that ends while it waits says of what was sent that it may have been written', async () => {
  const ended = new AbortController();
  const { told, writes } = await carryOut({
    entries: () => people(1),
    signal: ended.signal,
    between: (request, serve) => {
      if (request.url.pathname.includes('connector_run_logs')) ended.abort(new Error('over'));
      return serve();
    },
  });
  expect(told).toEqual(['failed: The run ended in the middle of this change; the change may or may not have been written']);
  expect(writes).toEqual(bulkCalls);
});
