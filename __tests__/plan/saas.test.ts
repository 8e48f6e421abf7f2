import { describe, expect, test } from '@jest/globals';
import type { ExternalId } from '../../src/mapping/external-id.ts';
import { explainMatch, type Plan } from '../../src/plan/index.ts';
import { buildPlan, rule, World, type PlanInput } from './support.ts';

const noId: ExternalId = { fault: '`mail` is empty' };

interface Given {
  /** Whose user name in Oomnitza is another. */
  readonly differing?: readonly string[];
  readonly externalId?: ExternalId;
  readonly preference?: PlanInput['preference'];
}

/** Ann is assigned already, Bea is not, Cleo is new; each record has what its user has. */
function input({ differing = [], externalId = { text: 'x-1' }, preference = 'create-and-update' }: Given = {}): PlanInput {
  const people = new World([rule('email'), rule('username')], ['email']);
  for (const name of ['ann', 'bea']) people.user(name, { email: `${name}@x.y`, username: name }).record(name, { email: `${name}@x.y`, username: differing.includes(name) ? 'old' : name });
  people.user('cleo', { email: 'cleo@x.y', username: 'cleo' });
  const desired = people.users.map((user) => ({ ...user, externalId }));
  return { ...people.input, preference, desired, assignments: { application: '12', assigned: new Set(['ann']) } };
}

function inWords({ entries }: Plan): string[] {
  return entries.map(({ action, entraId, reason, message, fields, saas }) => `${action} ${entraId ?? ''}: ${reason === null ? '' : `${reason}, ${message}; `}${fields.map(({ field, before, after }) => `${field} ${String(before)} → ${String(after)}`).join(', ')}${saas === undefined ? '' : ` [${saas.application}, ${saas.externalId}]`}`);
}

describe('an assignment to a SaaS application', () => {
  test('is a field of the create or update, also where nothing else changes, and only of whoever is not assigned yet', () => {
    const plan = buildPlan(input({ differing: ['ann'] }));
    expect(inWords(plan)).toEqual([
      'create id-cleo: email null → cleo@x.y, saas null → 12 (external id x-1), username null → cleo [12, x-1]',
      'update id-ann: username old → ann',
      'update id-bea: saas null → 12 (external id x-1) [12, x-1]',
    ]);
    expect(plan.counts).toMatchObject({ create: 1, update: 2, unchanged: 0 });
    expect(buildPlan(input({ differing: ['ann'], externalId: { text: 'x-2' } })).digest).not.toBe(plan.digest);
  });

  test('is left out where there is no external id, and nothing else with it', () => {
    const plan = buildPlan(input({ differing: ['ann'], externalId: noId }));
    const skip = 'invalid-value, the person is not assigned to the SaaS application, since there is no external id: `mail` is empty; saas null → null';
    expect(inWords(plan)).toEqual(['create id-cleo: email null → cleo@x.y, username null → cleo', 'update id-ann: username old → ann', `skip id-bea: ${skip}`, `skip id-cleo: ${skip}`]);
    expect(plan.counts).toMatchObject({ create: 1, update: 1, unchanged: 1, skip: 0 });
  });

  test('obeys `preference`', () => {
    expect(inWords(buildPlan(input({ preference: 'create-only' })))).toEqual([
      expect.stringMatching(/^create id-cleo: .*saas/),
      'skip id-bea: preference, the person is not assigned to the SaaS application, and `preference` is `create-only`; ',
    ]);
    expect(inWords(buildPlan(input({ preference: 'update-only', externalId: noId })))).toEqual([expect.stringMatching(/^skip id-bea: invalid-value/), expect.stringMatching(/^skip id-cleo: preference/)]);
  });

  test('is explained', () => {
    const verdicts = ({ desired, ...basis }: PlanInput): unknown[] => desired.map((user) => explainMatch(basis, user).fields.filter(({ field }) => field === 'saas').map(({ before, after, verdict }) => [before, after, verdict]));
    expect(verdicts(input())).toEqual([
      [['12', '12', 'left alone, since the person is assigned already']],
      [[null, '12 (external id x-1)', 'assigned']],
      [[null, '12 (external id x-1)', 'assigned, once the record is there']],
    ]);
    expect(verdicts(input({ externalId: noId }))[1]).toEqual([[null, null, expect.stringMatching(/^not usable: .*`mail` is empty/)]]);
    const { assignments, ...without } = input();
    expect([assignments?.application, verdicts(without)]).toEqual(['12', [[], [], []]]);
  });
});
