import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { exceededAnyway, impactOf, isWithoutEffect, isWrite, type Impact, type ImpactPart, type Plan, type PlanEntry } from '../../src/plan/index.ts';
import { entry, planOf } from '../report/samples.ts';
import { buildPlan, rule, World } from './support.ts';

/** A change of one person, as `field=value` texts. */
function change(action: PlanEntry['action'], name: string, ...fields: readonly string[]): PlanEntry {
  return entry({
    action,
    entraId: `id-${name}`,
    userPrincipalName: `${name}@example.com`,
    oomnitzaId: action === 'create' ? null : `record-${name}`,
    fields: fields.map((text) => {
      const [field = '', after = ''] = text.split('=');
      return { field, before: null, after };
    }),
  });
}

function finding(action: PlanEntry['action'], name: string, reason: string, ...fields: readonly string[]): PlanEntry {
  return { ...change(action, name, ...fields), reason };
}

/** The three parts, a line for each change and one for each reason of findings. */
function lines(impact: Impact): Record<string, string[]> {
  const linesOf = ({ samples, findings }: ImpactPart): string[] => [
    ...samples.map(({ entry: { action, entraId }, fields }) => `${action} ${(entraId ?? '').replace('id-', '')} ${fields.map(({ field, after }) => `${field}=${String(after)}`).join(' ')}`),
    ...Array.from(findings, ([reason, count]) => `${count} ${reason}`),
  ];
  return { caused: linesOf(impact.caused), dropped: linesOf(impact.dropped), pending: linesOf(impact.pending) };
}

const impact = (head: readonly PlanEntry[], base: readonly PlanEntry[]): Impact => impactOf(planOf(head), planOf(base));

describe('changes', () => {
  test('are caused, no longer done, or pending, each field by itself', () => {
    const found = impact(
      [change('create', 'new', 'email=n'), change('update', 'ada', 'cost=1', 'title=x'), change('update', 'bob', 'title=new')],
      [change('update', 'ada', 'nick=a', 'title=x'), change('update', 'bob', 'title=old'), change('update', 'eve', 'title=y'), change('suspend', 'mia', 'suspended=true')],
    );
    expect(lines(found)).toEqual({
      caused: ['create new email=n', 'update ada cost=1', 'update bob title=new'],
      dropped: ['update ada nick=a', 'update eve title=y', 'suspend mia suspended=true'],
      pending: ['update ada title=x'],
    });
    expect([found.caused.records, found.dropped.records, found.pending.records]).toEqual([3, 3, 1]);
    expect(found.caused.counts).toEqual({ create: 1, update: 0, suspend: 0, restore: 0, leaver: 0, conflict: 0, skip: 0 });
    expect(found.caused.otherwise).toEqual({ create: 0, update: 2, suspend: 0, restore: 0 });
    expect([found.dropped.counts, found.dropped.otherwise]).toMatchObject([{ update: 1, suspend: 1 }, { update: 1, suspend: 0 }]);
  });

  test('of a person who is created either way are not told as a create of the proposal', () => {
    const found = impact([change('create', 'ada', 'cost=1', 'email=a')], [change('create', 'ada', 'email=a', 'nick=a')]);
    expect(lines(found)).toEqual({ caused: ['create ada cost=1'], dropped: ['create ada nick=a'], pending: ['create ada email=a'] });
    expect([found.caused.counts.create, found.caused.otherwise.create, found.dropped.counts.create, found.dropped.otherwise.create, found.pending.counts.create]).toEqual([0, 1, 0, 1, 1]);
    expect(found.caused.records).toBe(1);
  });

  test('of one record by two changes are one record', () => {
    const found = impact([change('update', 'ada', 'title=x'), change('suspend', 'ada', 'suspended=true')], []);
    expect(found.caused).toMatchObject({ records: 1, counts: { update: 1, suspend: 1 } });
  });

  test('of a person whom another key leads to another record are both told', () => {
    const elsewhere = { ...change('update', 'ada', 'title=x'), oomnitzaId: 'record-other' };
    expect(lines(impact([elsewhere], [change('update', 'ada', 'title=x')]))).toEqual({ caused: ['update ada title=x'], dropped: ['update ada title=x'], pending: [] });
  });

  test('that write the same in another type are the same', () => {
    const number = { ...change('update', 'ada'), fields: [{ field: 'role', before: null, after: 25 }] };
    expect(lines(impact([number], [change('update', 'ada', 'role=25')])).pending).toEqual(['update ada role=25']);
  });
});

test('of many changes the first of each action are kept, and all are counted', () => {
  const many = ['create', 'update'].flatMap((action) => Array.from({ length: 40 }, (_, number) => change(action === 'create' ? 'create' : 'update', `p${number}`, 'title=x', ...(number % 2 === 0 ? [] : ['city=y']))));
  const { caused } = impact(many, []);
  expect(caused.samples.map(({ entry: { action } }) => action)).toEqual([...Array.from({ length: 10 }, () => 'create'), ...Array.from({ length: 10 }, () => 'update')]);
  expect(caused).toMatchObject({ records: 80, counts: { create: 40, update: 40 }, fields: new Map([['title', 80], ['city', 40]]) });
});

test('findings are told by person, reason and field', () => {
  const found = impact(
    [finding('conflict', 'ada', 'duplicate-target'), finding('skip', 'bob', 'invalid-value', 'cost='), finding('skip', 'bob', 'invalid-value', 'city='), finding('skip', 'eve', 'missing-required')],
    [finding('skip', 'ada', 'missing-sync-key'), finding('skip', 'bob', 'invalid-value', 'city='), finding('skip', 'eve', 'missing-required')],
  );
  expect(lines(found)).toEqual({
    caused: ['1 duplicate-target', '1 invalid-value'],
    dropped: ['1 missing-sync-key'],
    pending: ['1 invalid-value', '1 missing-required'],
  });
  expect(found.caused).toMatchObject({ records: 0, leftOut: 1, counts: { conflict: 1, skip: 0 } });
  expect(isWithoutEffect(found)).toBe(false);
  expect(isWithoutEffect(impact([finding('skip', 'eve', 'x')], [finding('skip', 'eve', 'x')]))).toBe(true);
});

test('two records of one user are two leavers', () => {
  const leaver = (record: string): PlanEntry => ({ ...finding('leaver', 'ada', 'missing'), oomnitzaId: record });
  const found = impact([leaver('1'), leaver('2')], [leaver('1')]);
  expect(found.caused.counts.leaver).toBe(1);
  expect(found.pending.counts.leaver).toBe(1);
  expect(impact([leaver('1'), leaver('2')], [leaver('1'), leaver('2')]).pending.counts.leaver).toBe(2);
});

test('whatever two mappings plan over the same data, every field is in the part that it belongs to, and in no other', () => {
  const person = fc.record(Object.fromEntries(['email', 'city', 'title'].map((field) => [field, fc.constantFrom('', 'a', 'b', 'c')])));
  const mapping = fc.record({ city: fc.constantFrom('city', 'title'), title: fc.boolean(), keys: fc.constantFrom(['email'], ['email', 'city']) });
  fc.assert(
    fc.property(fc.array(person, { maxLength: 6 }), fc.array(person, { maxLength: 6 }), mapping, mapping, (users, records, one, other) => {
      const planFor = ({ city, title, keys }: typeof one): Plan => {
        const world = new World([rule('city'), rule('email'), ...(title ? [rule('title')] : [])], keys);
        for (const [index, user] of users.entries()) world.user(`u${index}`, { ...user, city: user[city] ?? null });
        for (const [index, record] of records.entries()) world.record(String(index), record);
        return buildPlan(world.input);
      };
      const [head, base] = [planFor(one), planFor(other)];
      const { caused, dropped, pending } = impactOf(head, base);
      const rows = (entries: readonly (readonly [PlanEntry, PlanEntry['fields']])[]): string[] =>
        entries.flatMap(([of, fields]) => fields.map((field) => JSON.stringify([of.action, of.oomnitzaId ?? of.entraId, field]))).sort();
      const partRows = (...parts: readonly ImpactPart[]): string[] => rows(parts.flatMap(({ samples }) => samples.map(({ entry: of, fields }) => [of, fields] as const)));
      const planRows = ({ entries }: Plan): string[] => rows(entries.filter(isWrite).map((of) => [of, of.fields] as const));
      const found = (...parts: readonly ImpactPart[]): number => parts.flatMap(({ findings }) => [...findings.values()]).reduce((sum, count) => sum + count, 0);
      expect(partRows(caused, pending)).toEqual(planRows(head));
      expect(found(caused, pending)).toBe(head.entries.filter((of) => !isWrite(of)).length);
      const before = new Set(planRows(base));
      for (const row of partRows(pending)) expect(before.has(row)).toBe(true);
      for (const row of partRows(dropped)) expect(before.has(row)).toBe(true);
      const headFields = new Set(head.entries.filter(isWrite).flatMap(({ action, oomnitzaId, entraId, fields }) => fields.map(({ field }) => JSON.stringify([action, oomnitzaId ?? entraId, field]))));
      for (const { entry: { action, oomnitzaId, entraId }, fields } of dropped.samples) {
        for (const { field } of fields) expect(headFields.has(JSON.stringify([action, oomnitzaId ?? entraId, field]))).toBe(false);
      }
      expect(isWithoutEffect(impactOf(head, head))).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('a limit that is exceeded without the proposal as well is not its fault', () => {
  const limit = (name: string, exceeded: boolean) => ({ name, limit: '5%', base: 100, actual: 6, exceeded });
  const head = planOf([], { limits: [limit('creates', true), limit('updates', true), limit('suspends', false)] });
  const base = planOf([], { limits: [limit('creates', false), limit('updates', true), limit('suspends', true)] });
  expect(exceededAnyway(head, base)).toEqual([limit('updates', true)]);
});
