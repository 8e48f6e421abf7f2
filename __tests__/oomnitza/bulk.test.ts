import { describe, expect, test } from '@jest/globals';
import { applyPlan, type Applied } from '../../src/apply/index.ts';
import { SyncError } from '../../src/errors.ts';
import { HttpFailure, type HttpAnswer } from '../../src/http/index.ts';
import { createBulkWriter, createWriter, readFields } from '../../src/oomnitza/index.ts';
import type { PlanEntry } from '../../src/plan/index.ts';
import { answer, plain } from '../support/http.ts';
import { inFull } from '../support/in-full.ts';
import { nearInstance, type Between, type NearInstance } from '../support/in-process.ts';
import { creation, update } from '../support/oomnitza.ts';

interface Story extends NearInstance {
  readonly applied: Applied;
  readonly notices: readonly string[];
  /** Lines of the log. */
  readonly lines: readonly string[];
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

const isLog = (path: string): boolean => path.startsWith('/api/v3/connector_run_logs/connectors/');
const isFinalize = (path: string): boolean => path.endsWith('/finalize');

/** The answer with something else in its body. */
function reworded(served: HttpAnswer, body: unknown): HttpAnswer {
  return { ...served, json: body, text: JSON.stringify(body) };
}

const uuid = /[0-9a-f]{8}-[0-9a-f-]{27}/;

async function carryOut({ entries, between, arrange, signal = new AbortController().signal, people = 100_000 }: Given): Promise<Story> {
  const near = nearInstance(between);
  const fields = (await readFields(near.oomnitza)) ?? new Map<string, never>();
  arrange?.(near);
  const changes = entries(near);
  const notices: string[] = [];
  const lines: string[] = [];
  near.http.requests.length = 0;
  const bulk = createBulkWriter(near.oomnitza, { connectorName: 'Azureusers', fields, keyFields: ['email'], people, concurrency: 2, notice: (sentence) => { notices.push(sentence); }, say: (sentence) => { lines.push(sentence); } });
  const options = { concurrency: 2, signal, onProgress: () => undefined, bulk };
  const applied = await applyPlan(changes.map((entry) => ({ entry, after: [] })), createWriter(near.oomnitza, ['email']), options);
  const writes = near.http.requests.filter(({ method }) => method !== 'GET').map(({ method, url }) => `${method} ${url.pathname.replace(uuid, '{id}').replace(/users\/.+/, 'users/{ident}')}`);
  const told = changes.map((entry) => {
    const { status, message } = applied.results.get(entry) ?? { status: 'missing', message: '' };
    return message === '' ? status : `${status}: ${message}`;
  });
  return { ...near, applied, notices, lines, writes, told };
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

describe('a call that is refused', () => {
  test('was certainly not carried out, so that its changes go by REST, and others go on', async () => {
    let calls = 0;
    const { told, writes, notices } = await carryOut({
      entries: () => people(101),
      between: (request, serve) => (isBulk(request.url.pathname) && ++calls === 2 ? answer(400, { error: 'No.' }) : serve()),
    });
    expect(new Set(told)).toEqual(new Set(['applied']));
    expect(writes).toEqual(['POST /api/v3/bulk', ...bulkCalls, 'POST /api/v3/users']);
    expect(inFull(notices)).toEqual([expect.stringMatching(/refused 1 of the bulk calls,.*REST API.*400: No\./)]);
  });

  test('as others before, with none accepted, ends the bulk calls', async () => {
    const { told, writes } = await carryOut({
      entries: () => people(1000),
      between: (request, serve) => (isBulk(request.url.pathname) ? answer(400, { error: 'No.' }) : serve()),
    });
    expect(new Set(told)).toEqual(new Set(['applied']));
    expect(writes.filter((call) => call === 'POST /api/v3/bulk').length).toBeLessThanOrEqual(3);
  });

  test('because there is no such API, is not told as if nothing had gone by it', async () => {
    let calls = 0;
    const { told, notices } = await carryOut({
      entries: () => people(101),
      between: (request, serve) => (isBulk(request.url.pathname) && ++calls === 2 ? answer(404, {}) : serve()),
    });
    expect(new Set(told)).toEqual(new Set(['applied']));
    expect(notices).toEqual([expect.not.stringMatching(/everything/)]);
  });
});

describe('the run log', () => {
  const changed = (id: string, fields: Parameters<typeof update>[2]): PlanEntry => ({ ...update(id, id, fields), foundBy: { field: 'email', value: `${id}@x.y` } });

  test('that has counted nothing yet is not taken for one that is done', async () => {
    let looks = 0;
    const { told } = await carryOut({
      arrange: ({ instance }) => {
        instance.addRecord({ user_id: 'a', username: 'a', email: 'a@x.y' });
        instance.behaviour.bulkPolls = 3;
      },
      entries: () => [changed('a', { department: 'IT' }), person('new')],
      between: (request, serve) => {
        const served = serve();
        if (!isLog(request.url.pathname) || ++looks > 2) return served;
        return reworded(served, { objects: { updated: 0, added: 0, failed: 0, skipped: 0, unchanged: 0, canceled: 0, processing: 0 }, logs: {} });
      },
    });
    expect(told).toEqual(['applied', 'applied']);
    expect(looks).toBeGreaterThan(2);
  });

  test('that never counts all records is waited for some time, and is not believed', async () => {
    const { told, notices, http } = await carryOut({
      arrange: ({ instance }) => { instance.addRecord({ user_id: 'a', username: 'a', email: 'a@x.y' }); },
      entries: () => [changed('a', { department: 'IT' })],
      between: (request, serve) => {
        if (isFinalize(request.url.pathname)) return answer(200, {});
        const served = serve();
        return isLog(request.url.pathname) ? reworded(served, { objects: { updated: 0, processing: 0 } }) : served;
      },
    });
    expect(told).toEqual([expect.stringMatching(/^failed: .*the run log did not say that it was processed/)]);
    expect(notices).toEqual([expect.stringMatching(/did not say that the bulk run was processed/)]);
    expect(http.pauses).toBeLessThan(20);
  });

  test('is asked again where the connection fails', async () => {
    let looks = 0;
    const { told } = await carryOut({
      entries: () => people(2),
      between: (request, serve) => (request.url.pathname.includes('connector_run_logs') && ++looks % 2 === 1 ? Promise.reject(lost(true)) : serve()),
    });
    expect(told).toEqual(['applied', 'applied']);
  });

  test('but not for ever', async () => {
    const { told, http } = await carryOut({
      entries: () => people(1),
      between: (request, serve) => (request.url.pathname.includes('connector_run_logs') ? Promise.reject(lost(true)) : serve()),
    });
    expect(told).toEqual([expect.stringMatching(/^failed: .*the run log did not say that it was processed/)]);
    expect(http.pauses).toBeLessThan(20);
  });

  test('may be kept from the token: the records are read all the same, and the right is named', async () => {
    const { told, notices, applied } = await carryOut({
      entries: () => people(1),
      between: (request, serve) => {
        if (!request.url.pathname.includes('connector_run_logs')) return serve();
        return answer(403, { error: 'No right.' });
      },
      arrange: ({ instance }) => { instance.addRecord({ email: 'p0@x.y', username: 'p0' }); },
    });
    expect(applied.stopped).toBeUndefined();
    expect(told).toEqual(['applied']);
    expect(inFull(notices)).toEqual([expect.stringMatching(/403 No right\..*right to see the run logs of connectors/)]);
  });

  test('is told of in the log while it is waited for', async () => {
    const { lines } = await carryOut({ entries: () => people(3), arrange: ({ instance }) => { instance.behaviour.bulkPolls = 20; } });
    expect(lines.length).toBeGreaterThan(3);
    expect(lines[0]).toBe('Waiting for Oomnitza to process the bulk run: 0 of 3 records so far');
  });

  test('names fields, not their internal ids', async () => {
    const { told } = await carryOut({ entries: () => [person('ada', { employee_type: 'Wizard' })] });
    expect(inFull(told[0])).toMatch(/email=ada@x\.y/);
    expect(inFull(told[0])).not.toMatch(/EMAIL|USER=/);
  });
});

describe('finalizing', () => {
  test('that is refused is told, and not waited for', async () => {
    const { told, http } = await carryOut({
      entries: () => people(1),
      between: (request, serve) => (isFinalize(request.url.pathname) ? answer(400, { errors: ['Connector Azureusers is disabled.'] }) : serve()),
    });
    expect(inFull(told)).toEqual([expect.stringMatching(/^failed: .*Oomnitza answered 400: Connector Azureusers is disabled\..*may or may not/)]);
    expect(http.pauses).toBe(0);
  });

  test('of a portion that is not there means that no call arrived: everything goes by REST', async () => {
    const { told, writes, http } = await carryOut({
      entries: () => people(2),
      between: (request, serve) => (isBulk(request.url.pathname) ? Promise.reject(lost(true)) : serve()),
    });
    expect(told).toEqual(['applied', 'applied']);
    expect(writes).toEqual([...bulkCalls, 'POST /api/v3/users', 'POST /api/v3/users']);
    expect(http.pauses).toBe(0);
  });
});

test('people whom the bulk API made with another spelling of the key are found, though filters tell letters apart', async () => {
  const { told, notices } = await carryOut({
    arrange: ({ instance }) => {
      instance.behaviour.caseSensitiveFilters = true;
      instance.field('email').stores = (value) => (typeof value === 'string' ? value.toLowerCase() : value);
    },
    entries: () => [creation({ email: 'Ada.Byron@x.y', username: 'ada', role: 25 })],
  });
  expect(told).toEqual(['applied']);
  expect(notices).toEqual([expect.stringMatching(/keeps other values than those sent in `email`/)]);
});

test('that many records fail, each for a reason of its own, does not keep the rest from being written', async () => {
  const { applied, told } = await carryOut({
    entries: () => [...people(70).map((entry, index) => ({ ...entry, fields: [...entry.fields, { field: 'employee_type', before: null, after: `Wizard ${index}` }] })), person('rest', { creation_date: 1 })],
  });
  expect(applied.stopped).toBeUndefined();
  expect(told.at(-1)).not.toBe('not-attempted');
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
        if (request.method !== 'GET' || request.url.pathname !== '/api/v3/users') return served;
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
  expect(told).toEqual([expect.stringMatching(/^failed: .*did not say that it was processed/)]);
  expect(notices).toEqual([expect.stringMatching(/did not say that the bulk run was processed/)]);
  expect(http.pauses).toBeLessThan(100);
});

test('a run that ends while it waits says of what was sent that it may have been written', async () => {
  const ended = new AbortController();
  const { told, writes, applied } = await carryOut({
    entries: () => people(1),
    signal: ended.signal,
    between: (request, serve) => {
      if (request.url.pathname.includes('connector_run_logs')) ended.abort(new SyncError('cancelled', 'over'));
      return serve();
    },
  });
  expect(told).toEqual(['failed: The run ended in the middle of this change; the change may or may not have been written']);
  expect(applied.stopped).toMatchObject({ reason: 'cancelled' });
  expect(writes).toEqual(bulkCalls);
});
