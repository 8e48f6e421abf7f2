import { describe, expect, test } from '@jest/globals';
import type { HttpAnswer, HttpRequest } from '../../src/http/index.ts';
import { readRecords, type CurrentRecords } from '../../src/oomnitza/index.ts';
import { answer, inTurn, plain, type Handler } from '../support/http.ts';
import { instance } from '../support/oomnitza.ts';

interface Read {
  readonly ids: string[];
  readonly fields: CurrentRecords['fields'];
  /** The offsets asked for, in the order of asking. */
  readonly skips: number[];
  readonly progress: (number | undefined)[][];
  readonly notices: string[];
  readonly most: number;
}

async function read(handle: Handler, concurrency = 4, fields: readonly string[] = ['email']): Promise<Read> {
  let underway = 0;
  let most = 0;
  const { oomnitza, http } = instance(async (request) => {
    most = Math.max(most, ++underway);
    // One turn of the event loop, in which all that may be asked at the same time is asked.
    await new Promise((resolve) => { setImmediate(resolve); });
    underway -= 1;
    return await handle(request);
  });
  const progress: (number | undefined)[][] = [];
  const notices: string[] = [];
  const found = await readRecords(oomnitza, { fields, concurrency, onProgress: (...told) => progress.push(told), notice: (sentence) => notices.push(sentence) });
  return { ids: found.records.map(({ userId }) => userId), fields: found.fields, skips: http.requests.map(skipOf), progress, notices, most };
}

function skipOf({ url }: HttpRequest): number {
  return Number(url.searchParams.get('skip'));
}

function person(number: number): Record<string, unknown> {
  return { user_id: `u${String(number).padStart(5, '0')}`, username: `person${number}`, email: `p${number}@example.com` };
}

/** An instance with this many people that grants pages of this size. */
function people(count: number, granted: number, total: boolean | number = true): Handler {
  return ({ url }) => {
    const skip = Number(url.searchParams.get('skip'));
    const limit = Math.min(granted, Number(url.searchParams.get('limit')));
    const shown = Array.from({ length: Math.max(0, Math.min(limit, count - skip)) }, (_none, index) => person(skip + index));
    return answer(200, shown, total === false ? {} : { 'X-Total-Count': String(total === true ? count : total) });
  };
}

const everyId = (count: number): unknown[] => Array.from({ length: count }, (_none, index) => person(index)['user_id']);

describe('with a total', () => {
  test.each([0, 1, 499, 500, 501, 1999, 2000])('reads each of %i people once', async (count) => {
    const { ids, skips } = await read(people(count, 500));
    expect(ids.toSorted()).toEqual(everyId(count));
    expect(skips).toHaveLength(Math.max(1, Math.ceil((count - 1) / 499)));
  });

  test('asks for an order that holds still, and for many at a time', async () => {
    const { oomnitza, http } = instance(people(1, 500));
    await readRecords(oomnitza, { fields: [], concurrency: 1, onProgress: () => undefined, notice: () => undefined });
    expect(Object.fromEntries(http.requests[0]?.url.searchParams ?? [])).toEqual({ limit: '500', skip: '0', sortby: 'user_id asc' });
  });

  test('takes the pages that are granted', async () => {
    const { ids, skips } = await read(people(1000, 200));
    expect(ids.toSorted()).toEqual(everyId(1000));
    expect(skips.toSorted((left, right) => left - right)).toEqual([0, 199, 398, 597, 796, 995]);
  });

  test('goes on where a later page is smaller than the first', async () => {
    const whole = people(1000, 500);
    const { ids, skips } = await read((request) => (skipOf(request) === 0 ? whole(request) : people(1000, 150)(request)));
    expect(ids.toSorted()).toEqual(everyId(1000));
    expect(skips.toSorted((left, right) => left - right)).toEqual([0, 499, 648, 797, 946, 998]);
  });

  test('reads several pages at the same time, but no more than allowed', async () => {
    expect((await read(people(10_000, 500), 3)).most).toBe(3);
    expect((await read(people(10_000, 500), 1)).most).toBe(1);
  });

  test('tells how far it is', async () => {
    expect((await read(people(1100, 500), 1)).progress).toEqual([[500, 1100], [999, 1100], [1100, 1100]]);
  });
});

describe('without a total', () => {
  test.each([0, 1, 500, 501])('reads each of %i people once, up to an empty page', async (count) => {
    const { ids, skips } = await read(people(count, 500, false));
    expect(ids).toEqual(everyId(count));
    expect(skips.at(-1)).toBe(count);
  });

  test('goes on behind small pages', async () => {
    const { ids, skips } = await read(people(250, 100, false));
    expect(ids).toEqual(everyId(250));
    expect(skips).toEqual([0, 99, 198, 249, 250]);
  });

  test('notices that offsets do nothing', async () => {
    await expect(read(inTurn(answer(200, [person(1), person(2)])))).rejects.toMatchObject({
      reason: 'target-unavailable',
      message: 'Oomnitza gave the same people again instead of the next page.',
    });
  });

  test.each(['', ' ', 'many', '-1', '1.5'])('takes the total %j for none', async (total) => {
    const whole = people(3, 2, false);
    const { ids } = await read(async (request) => ({ ...(await whole(request)), headers: new Headers({ 'X-Total-Count': total }) }));
    expect(ids).toEqual(everyId(3));
  });
});

describe('a list that changes meanwhile', () => {
  test('is read again where the total does not fit', async () => {
    let asked = 0;
    const { ids, notices } = await read((request) => people(6, 500, ++asked > 3 ? 6 : 7)(request));
    expect(ids).toEqual(everyId(6));
    expect(notices).toEqual(['Oomnitza says that it has 7 people, and gave 6. The list probably changed meanwhile; reading it again.']);
  });

  /** Changes once, right after this page was read. */
  const changing = (after: number, before: Handler, later: Handler): Handler => {
    let changed = false;
    return async (request) => {
      const page = await (changed ? later : before)(request);
      changed ||= skipOf(request) === after;
      return page;
    };
  };
  /** People of these numbers, in pages of ten. */
  const list = (numbers: readonly number[], total: boolean): Handler => ({ url }) => {
    const skip = Number(url.searchParams.get('skip'));
    return answer(200, numbers.slice(skip, skip + 10).map(person), total ? { 'X-Total-Count': String(numbers.length) } : {});
  };
  const numbers = Array.from({ length: 25 }, (_none, index) => index);
  const moves: readonly (readonly [string, readonly number[]])[] = [
    ['somebody who was read is gone', numbers.slice(1)],
    ['somebody was put in before those who were read', [100, ...numbers]],
    ['one is gone and another has come, so that the total is the same', [...numbers.slice(1), 100]],
  ];

  test.each(moves.flatMap(([name, after]) => [[name, true, after] as const, [name, false, after] as const]))('is read again where %s (with a total: %j)', async (_name, total, after) => {
    const { ids, notices } = await read(changing(0, list(numbers, total), list(after, total)), 1);
    expect(ids.toSorted()).toEqual(after.map((number) => person(number)['user_id']).toSorted());
    expect(notices).toEqual([expect.stringMatching(/^(?:Oomnitza says that it has 25, then 2[46] people, and gave|Oomnitza says that it has 25 people, and gave 26|People moved from one page of Oomnitza’s list to another).*reading it again\.$/)]);
  });

  test('fails where it never holds still, with a total or without', async () => {
    for (const total of [true, false]) {
      let asked = 0;
      const restless: Handler = (request) => {
        asked += 1;
        return list(numbers.map((number) => number + asked), total)(request);
      };
      await expect(read(restless, 1)).rejects.toMatchObject({
        reason: 'target-unavailable',
        message: expect.stringMatching(/^(?:Oomnitza says that it has 25 people, and gave 2[67]|People moved from one page of Oomnitza’s list to another), 3 times in a row\.$/),
        hint: expect.stringContaining('no other sync or import'),
      });
    }
  });

  test.each([[true, 1], [true, 2], [false, 1], [false, 2]])('that does not change is read once (with a total: %j, %i on a page)', async (total, granted) => {
    const { ids, notices } = await read(people(7, granted, total));
    expect([ids.toSorted(), notices]).toEqual([everyId(7), []]);
  });

  test('fails in the end', async () => {
    const { oomnitza, http } = instance(people(6, 500, 7));
    const reading = readRecords(oomnitza, { fields: [], concurrency: 1, onProgress: () => undefined, notice: () => undefined });
    await expect(reading).rejects.toMatchObject({ reason: 'target-unavailable', message: 'Oomnitza says that it has 7 people, and gave 6, 3 times in a row.', hint: expect.stringMatching(/^The same numbers each time.*archived/) });
    expect(http.requests.map(skipOf)).toEqual([0, 5, 6, 0, 5, 6, 0, 5, 6]);
  });

  test('fails where offsets do nothing', async () => {
    await expect(read(inTurn(answer(200, [person(1), person(2)], { 'X-Total-Count': '6' })))).rejects.toMatchObject({
      reason: 'target-unavailable',
      message: 'Oomnitza says that it has 6 people, and gave 2, 3 times in a row.',
    });
  });

  test('fails where it is empty though there are people', async () => {
    await expect(read(inTurn(answer(200, [], { 'X-Total-Count': '6' })))).rejects.toMatchObject({ reason: 'target-unavailable' });
  });
});

describe('the fields of the instance', () => {
  test('are those that its people have', async () => {
    expect((await read(inTurn(answer(200, [{ ...person(1), cost_center: null }], { 'X-Total-Count': '1' })))).fields).toEqual(
      new Set(['user_id', 'username', 'email', 'cost_center']),
    );
  });

  test('that are asked for are found on whatever page somebody has them', async () => {
    const sparse: Handler = async (request) => {
      const skip = skipOf(request);
      if (skip !== 998) return await people(1200, 500)(request);
      const rest = Array.from({ length: 202 }, (_none, index) => ({ ...person(skip + index), ...(index === 100 ? { cost_center: 'R1' } : {}) }));
      return answer(200, rest, { 'X-Total-Count': '1200' });
    };
    expect((await read(sparse, 4, ['email', 'cost_center', 'office'])).fields).toEqual(new Set(['user_id', 'username', 'email', 'cost_center']));
  });
});

describe('an answer that is no list of people', () => {
  const bad: readonly (readonly [string, HttpAnswer])[] = [
    ['nothing', plain(204, '')],
    ['an object', answer(200, { users: [] })],
    ['null', answer(200, null)],
    ['a list of something else', answer(200, ['ada'])],
    ['a list with somebody unnamed', answer(200, [person(1), { email: 'x' }])],
  ];
  test.each(bad)('fails the read: %s', async (_name, given) => {
    await expect(read(inTurn(given))).rejects.toMatchObject({ reason: 'target-unavailable', message: expect.stringContaining('no list of people') });
    await expect(read((request) => (skipOf(request) === 0 ? people(900, 500)(request) : given))).rejects.toMatchObject({ reason: 'target-unavailable' });
  });

  test('is named where it is a page', async () => {
    await expect(read(inTurn(plain(200, '<html>')))).rejects.toMatchObject({ reason: 'target-unavailable', message: 'Oomnitza answered 200 with a web page while reading people.' });
  });

  test.each([
    [401, 'authentication'],
    [403, 'permission'],
    [404, 'target-unavailable'],
    [500, 'target-unavailable'],
  ])('fails the read on whatever page it comes (%i)', async (status, reason) => {
    await expect(read(inTurn(answer(status, {})))).rejects.toMatchObject({ reason });
    await expect(read((request) => (skipOf(request) === 998 ? answer(status, {}) : people(2000, 500)(request)))).rejects.toMatchObject({ reason });
  });
});

test('keeps no values of people who are not wanted, and still counts them', async () => {
  const { oomnitza } = instance(people(3, 500));
  const isWanted = (record: object): boolean => Reflect.get(record, 'username') === 'person1';
  const { records } = await readRecords(oomnitza, { fields: ['email'], isWanted, concurrency: 1, onProgress: () => undefined, notice: () => undefined });
  expect(records.map(({ username, values }) => [username, ...values])).toEqual([['person0'], ['person1', 'p1@example.com'], ['person2']]);
});
