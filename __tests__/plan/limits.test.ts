import { describe, expect, test } from '@jest/globals';
import { limitNames, parseSyncFile, type LimitName, type SyncFile } from '../../src/config/index.ts';
import { checkLimits } from '../../src/plan/limits.ts';
import type { PlanEntry } from '../../src/plan/index.ts';
import { buildPlan, rule, World } from './support.ts';

const id = (number: number): string => `${String(number).padStart(8, '0')}-aaaa-4000-8000-000000000000`;
const marker = { field: 'left_on', position: { line: 1, column: 1 } };

function limitsOf(yaml: string): SyncFile['limits'] {
  return parseSyncFile(`version: 1\nsync-keys: [email]\nlimits: ${yaml}\n`).limits;
}

/** What a population is to come to. */
interface Counts {
  readonly creates?: number;
  readonly updates?: number;
  /** Updates that only fill empty fields. */
  readonly fills?: number;
  readonly suspends?: number;
  readonly restores?: number;
  /** Owned records of users whom the directory did not give, but still has. */
  readonly shrink?: number;
  readonly unchanged?: number;
}

/** People with one of each kind of change as often as it is asked for. */
function population({ creates = 0, updates = 0, fills = 0, suspends = 0, restores = 0, shrink = 0, unchanged = 0 }: Counts): World {
  const people = new World([rule('email'), rule('entra_id'), rule('title')], ['entra_id', 'email']);
  people.hasIdentity = true;
  people.leavers = { disabled: 'suspend', missing: 'suspend', returning: 'restore', marker };
  let number = 0;
  const add = (count: number, record: Record<string, string | boolean | number | null> | undefined, enabled = true): void => {
    for (let each = 0; each < count; each++) {
      number += 1;
      const values = { email: `p${number}@example.com`, entra_id: id(number), title: 'Boss' };
      people.user(`p${number}`, values, { id: id(number), enabled });
      if (record !== undefined) people.record(String(number), { ...values, ...record });
    }
  };
  add(creates, undefined);
  add(updates, { title: 'Clerk' });
  add(fills, { title: null, entra_id: null });
  add(suspends, {}, false);
  add(restores, { suspended: true, left_on: 1_700_000_000 });
  add(unchanged, {});
  for (let each = 0; each < shrink; each++) {
    number += 1;
    people.record(String(number), { entra_id: id(number) });
    people.presence[id(number)] = 'present';
  }
  return people;
}

function check(name: LimitName, people: World, limits?: string): string {
  if (limits !== undefined) people.limits = limitsOf(limits);
  const found = buildPlan(people.input).limits.find((each) => each.name === name);
  return found === undefined ? 'none' : `${found.actual} of ${found.base} ${found.exceeded ? 'exceeds' : 'keeps to'} ${found.limit}`;
}

describe('the defaults, one below, at and one above', () => {
  test.each<[LimitName, Counts, string]>([
    ['creates', { creates: 9, unchanged: 20 }, '9 of 20 keeps to 50%'],
    ['creates', { creates: 10, unchanged: 20 }, '10 of 20 keeps to 50%'],
    ['creates', { creates: 11, unchanged: 20 }, '11 of 20 exceeds 50%'],
    ['updates', { updates: 5, unchanged: 15 }, '5 of 20 keeps to 30%'],
    ['updates', { updates: 6, unchanged: 14 }, '6 of 20 keeps to 30%'],
    ['updates', { updates: 7, unchanged: 13 }, '7 of 20 exceeds 30%'],
    ['suspends', { suspends: 1, unchanged: 39 }, '1 of 40 keeps to 5%, 100'],
    ['suspends', { suspends: 2, unchanged: 38 }, '2 of 40 keeps to 5%, 100'],
    ['suspends', { suspends: 3, unchanged: 37 }, '3 of 40 exceeds 5%, 100'],
    ['suspends', { suspends: 99, unchanged: 2000 }, '99 of 2099 keeps to 5%, 100'],
    ['suspends', { suspends: 100, unchanged: 2000 }, '100 of 2100 keeps to 5%, 100'],
    ['suspends', { suspends: 101, unchanged: 2000 }, '101 of 2101 exceeds 5%, 100'],
    ['restores', { restores: 1, unchanged: 39 }, '1 of 40 keeps to 5%, 100'],
    ['restores', { restores: 2, unchanged: 38 }, '2 of 40 keeps to 5%, 100'],
    ['restores', { restores: 3, unchanged: 37 }, '3 of 40 exceeds 5%, 100'],
    ['restores', { restores: 100, unchanged: 2000 }, '100 of 2100 keeps to 5%, 100'],
    ['restores', { restores: 101, unchanged: 2000 }, '101 of 2101 exceeds 5%, 100'],
    ['shrink', { shrink: 9, unchanged: 11 }, '9 of 20 keeps to 50%'],
    ['shrink', { shrink: 10, unchanged: 10 }, '10 of 20 keeps to 50%'],
    ['shrink', { shrink: 11, unchanged: 9 }, '11 of 20 exceeds 50%'],
  ])('%s with %p: %s', (name, counts, expected) => {
    expect(check(name, population(counts))).toBe(expected);
  });
});

describe('each form, for each limit', () => {
  const of: Readonly<Record<LimitName, (count: number) => Counts>> = {
    creates: (creates) => ({ creates, unchanged: 20 }),
    updates: (updates) => ({ updates, unchanged: 20 - updates }),
    suspends: (suspends) => ({ suspends, unchanged: 20 - suspends }),
    restores: (restores) => ({ restores, unchanged: 20 - restores }),
    shrink: (shrink) => ({ shrink, unchanged: 20 - shrink }),
  };
  test.each(limitNames)('%s', (name) => {
    const verdict = (count: number, limit: string): boolean => check(name, population(of[name](count)), `{ ${name}: ${limit} }`).includes('exceeds');
    for (const limit of ['4', '20%', '[4, 90%]', '[20%, 15]']) expect([3, 4, 5].map((count) => verdict(count, limit))).toEqual([false, false, true]);
    expect([0, 1].map((count) => verdict(count, '0'))).toEqual([false, true]);
    expect([0, 1].map((count) => verdict(count, '0%'))).toEqual([false, true]);
    expect([2, 3].map((count) => verdict(count, '12.5%'))).toEqual([false, true]);
    expect(verdict(15, 'none')).toBe(false);
  });
});

describe('a percentage with decimals', () => {
  const entry: PlanEntry = { action: 'suspend', entraId: null, userPrincipalName: null, oomnitzaId: '1', username: null, syncKey: null, fields: [], reason: null, message: '' };
  const exceeds = (percent: string, actual: number, base: number): boolean | undefined =>
    checkLimits(limitsOf(`{ suspends: ${percent} }`), Array.from({ length: actual }, () => entry), { base, owned: 0, unreturned: 0 }).find(({ name }) => name === 'suspends')?.exceeded;
  test('is kept to by just as much, and exceeded by one more', () => {
    for (let thousandths = 1; thousandths <= 3000; thousandths++) {
      for (const base of [1000, 12_500, 100_000]) {
        const actual = (thousandths * base) / 100_000;
        if (!Number.isInteger(actual)) continue;
        const percent = `${(thousandths / 1000).toFixed(3)}%`;
        expect([percent, base, exceeds(percent, actual, base), exceeds(percent, actual + 1, base)]).toEqual([percent, base, false, true]);
      }
    }
  });
  test.each([['0.009%', 9, 100_000], ['0.07%', 7, 10_000], ['0.28%', 28, 10_000], ['0.29%', 29, 10_000], ['1.1%', 11, 1000]])('%s is %i of %i', (percent, actual, base) => {
    expect([exceeds(percent, actual, base), exceeds(percent, actual + 1, base)]).toEqual([false, true]);
  });
});

describe('a small population', () => {
  test('is not held to percentages, but to counts', () => {
    expect(check('updates', population({ updates: 9 }))).toBe('9 of 9 keeps to 30%');
    expect(check('updates', population({ updates: 10 }))).toBe('10 of 10 exceeds 30%');
    expect(check('updates', population({ updates: 9 }), '{ updates: [30%, 8] }')).toBe('9 of 9 exceeds 30%, 8');
    expect(check('shrink', population({ shrink: 9 }))).toBe('9 of 9 keeps to 50%');
    expect(check('creates', population({ creates: 500 }))).toBe('500 of 0 keeps to 50%');
  });
});

describe('the base', () => {
  test('is the records owned or matched, each once, and neither archived ones nor those of a conflict alone', () => {
    const people = population({ unchanged: 10, shrink: 2, fills: 3 });
    people.record('a', { entra_id: id(900) }, { archived: true }).record('b', { email: 'nobody@example.com' });
    people.user('c1', { email: 'c@example.com', entra_id: id(901) }, { id: id(901) }).user('c2', { email: 'c@example.com', entra_id: id(902) }, { id: id(902) }).record('c', { email: 'c@example.com' });
    people.user('s', { email: 's@example.com', entra_id: id(903) }, { id: id(903), flaws: [people.flaw('email', 'missing-required')] }).record('s', { email: 's@example.com' });
    people.user('m', { email: 'm@example.com', entra_id: id(904) }, { id: id(904), flaws: [people.flaw('email', 'missing-required')] }).record('m', { email: 'm@example.com', entra_id: id(950) });
    people.user('o', { email: 'o@example.com' }, { enabled: false, outOfScope: true }).record('o', { email: 'o@example.com' });
    // The skipped user has a record, and the one of somebody else counts since it is owned.
    expect(check('updates', people)).toBe('0 of 17 keeps to 30%');
  });

  test('filling empty fields is free, the Entra id included', () => {
    expect(check('updates', population({ fills: 50 }))).toBe('0 of 50 keeps to 30%');
  });

  test('clearing a value is not', () => {
    const people = new World([rule('email'), rule('phone', { whenEmpty: 'clear' })], ['email']).user('a', { email: 'a@example.com' }).record('1', { email: 'a@example.com', phone: '1' });
    expect(check('updates', people)).toBe('1 of 1 keeps to 30%');
  });
});
