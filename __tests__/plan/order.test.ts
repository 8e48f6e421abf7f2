import { expect, test } from '@jest/globals';
import { writeOrder, type PlanEntry } from '../../src/plan/index.ts';
import { buildPlan, rule, World } from './support.ts';

const unique = new Set(['email', 'username']);
const world = (): World => new World([rule('email'), rule('employee_id'), rule('username')], ['employee_id']);
const name = (entry: PlanEntry): string => entry.userPrincipalName?.split('@')[0] ?? '';

function orderOf(people: World): [string, string[]][] {
  return writeOrder(buildPlan(people.input), unique).map(({ entry, after }) => [name(entry), after.map(name)]);
}

test('a value is given up before another record takes it', () => {
  const people = world()
    .user('ann', { employee_id: 'E1', email: 'shared@example.com' })
    .user('bob', { employee_id: 'E2', email: 'bob@example.com' })
    .record('1', { employee_id: 'E1', email: 'ann@example.com' })
    .record('2', { employee_id: 'E2', email: 'Shared@example.com' });
  expect(orderOf(people)).toEqual([['bob', []], ['ann', ['bob']]]);
});

test('a new person waits for the name that is given up', () => {
  const people = world()
    .user('ann', { employee_id: 'E1', username: 'ann' })
    .user('bob', { employee_id: 'E2', username: 'bob' })
    .record('2', { employee_id: 'E2', username: 'ann' });
  expect(orderOf(people)).toEqual([['bob', []], ['ann', ['bob']]]);
});

test('values that go round in a circle still give an order', () => {
  const people = world()
    .user('ann', { employee_id: 'E1', email: 'b@example.com' })
    .user('bob', { employee_id: 'E2', email: 'a@example.com' })
    .record('1', { employee_id: 'E1', email: 'a@example.com' })
    .record('2', { employee_id: 'E2', email: 'b@example.com' });
  expect(orderOf(people)).toEqual([['bob', []], ['ann', ['bob']]]);
});

test('a chain as long as the plan is put in order', () => {
  const people = world();
  for (let index = 0; index < 20_000; index++) {
    people.user(String(index).padStart(5, '0'), { employee_id: `E${index}`, email: `m${index + 1}` }).record(String(index), { employee_id: `E${index}`, email: `m${index}` });
  }
  const order = orderOf(people).map(([user]) => user);
  expect(order).toHaveLength(20_000);
  expect(order[0]).toBe('19999');
  expect(order.at(-1)).toBe('00000');
});

test('only changes are written, and changes that share nothing do not wait', () => {
  const people = world().user('ann', { employee_id: 'E1' }).user('bob', { employee_id: 'E2', email: 'x' }).user('cyd', {});
  expect(orderOf(people)).toEqual([['ann', []], ['bob', []]]);
});

test('of two who take the same value the first of the plan does, and where it had two owners both give it up before', () => {
  const people = world()
    .user('ann', { employee_id: 'E1', email: 'same@example.com' })
    .user('bob', { employee_id: 'E2', email: 'Same@example.com' })
    .user('cyd', { employee_id: 'E3', email: 'c@example.com' })
    .user('dan', { employee_id: 'E4', email: 'd@example.com' })
    .record('3', { employee_id: 'E3', email: 'same@example.com' })
    .record('4', { employee_id: 'E4', email: 'same@example.com' });
  expect(orderOf(people)).toEqual([['cyd', []], ['dan', []], ['ann', ['cyd', 'dan']], ['bob', ['cyd', 'dan', 'ann']]]);
});

test('suspends come last, each after the other change of the same person', () => {
  const people = world();
  people.leavers = { ...people.leavers, disabled: 'suspend' };
  people
    .user('ann', { employee_id: 'E1', username: 'anna' }, { enabled: false })
    .user('bob', { employee_id: 'E2', username: 'bob@example.com' }, { enabled: false })
    .user('cyd', { employee_id: 'E3', username: 'cyd' })
    .record('1', { employee_id: 'E1', username: 'ann@example.com' })
    .record('2', { employee_id: 'E2', username: 'bob@example.com' });
  const order = writeOrder(buildPlan(people.input), unique);
  expect(order.map(({ entry, after }) => [entry.action, name(entry), after.map(({ action }) => action)])).toEqual([
    ['create', 'cyd', []],
    ['update', 'ann', []],
    ['suspend', 'ann', ['update']],
    ['suspend', 'bob', []],
  ]);
});
