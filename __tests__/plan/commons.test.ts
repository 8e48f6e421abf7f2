import { describe, expect, test } from '@jest/globals';
import { Commons, type Plan } from '../../src/plan/index.ts';
import { buildPlan, rule, World } from './support.ts';

const head = [rule('cost_center'), rule('email'), rule('last_name')];
const base = [rule('email'), rule('last_name')];

/** Somebody in whom both plans see the same, one more whose cost center only the head sets, a new one, and one whom several users find. */
function world(rules: typeof head): World {
  const made = new World(rules, ['email']);
  for (const [name, more] of [['same', {}], ['more', { cost_center: '7' }], ['new', { cost_center: '8' }]] as const) made.user(name, { email: `${name}@example.com`, last_name: 'After', ...more });
  for (const name of ['first', 'second']) made.user(name, { email: 'shared@example.com', last_name: name });
  return made;
}

function records(made: World): World['records'] {
  for (const [id, name] of [['1', 'same'], ['2', 'more'], ['3', 'shared']] as const) made.record(id, { email: `${name}@example.com`, last_name: `Before ${name}`, cost_center: null });
  made.record('4', { email: 'new@example.com' }, { archived: true });
  return made.records;
}

/** The plans of a proposal and its base over one read, as a run makes them. */
function together(): readonly [Plan, Plan] {
  const commons = new Commons();
  const current = records(world(head));
  const places = [1, 2];
  const one = buildPlan({ ...world(head).input, current, commons });
  const other = buildPlan({ ...world(base).input, current, commons, view: (record) => ({ ...record, values: [...places, ...record.values.slice(3).keys().map((index) => index + 3)].map((place) => record.values[place] ?? null) }) });
  return [one, other];
}

function alone(rules: typeof head): Plan {
  return buildPlan({ ...world(rules).input, current: records(world(rules)) });
}

describe('two plans over one read', () => {
  test('say what each would say alone', () => {
    const [one, other] = together();
    expect(one).toEqual(alone(head));
    expect(other).toEqual(alone(base));
    expect(one.counts).toMatchObject({ update: 2, conflict: 3 });
    expect([one.digest, other.digest]).toEqual([alone(head).digest, alone(base).digest]);
  });

  test('keep what they have in common once', () => {
    const [one, other] = together();
    const of = (plan: Plan, name: string) => plan.entries.find(({ userPrincipalName }) => userPrincipalName === `${name}@example.com`);
    expect(of(one, 'same')).toBe(of(other, 'same'));
    expect(of(one, 'more')).not.toEqual(of(other, 'more'));
    expect(of(one, 'more')?.fields.find(({ field }) => field === 'last_name')).toBe(of(other, 'more')?.fields[0]);
    expect(of(one, 'more')?.foundBy).toBe(of(other, 'more')?.foundBy);
  });
});
