import { describe, expect, test } from '@jest/globals';
import { SyncError } from '../../src/errors.ts';
import { differenceOf, parseExpectedPlan, parsePlanFile, type ComparedEntry } from '../../src/plan-file/index.ts';
import { digestOf, type FieldChange } from '../../src/plan/index.ts';
import { renderPlanJson } from '../../src/report/index.ts';
import { entry, planOf, resultsOf } from '../report/samples.ts';

const field = (name: string, before: FieldChange['before'], after: FieldChange['after']): FieldChange => ({ field: name, before, after });
const promotion = entry({ oomnitzaId: 'u1', fields: [field('position', null, 'Chief'), field('cost_center', '17', 17)] });
const leaver = entry({ action: 'suspend', oomnitzaId: 'u2', fields: [field('suspended', false, true)] });
const skipped = entry({ action: 'skip', reason: 'preference', message: 'left alone' });
const entries = [promotion, leaver, skipped];
const written = renderPlanJson(planOf(entries, { digest: digestOf(entries) }), resultsOf([promotion, 'applied'], [leaver, 'failed', 'no'])).toArray().join('');

function faultOf(content: string): string {
  try {
    parsePlanFile(content, 'The file');
  } catch (thrown) {
    if (thrown instanceof SyncError && thrown.reason === 'invalid-input') return thrown.message;
    throw thrown;
  }
  throw new Error('nothing is wrong');
}

describe('a plan.json', () => {
  test('gives back what a run wrote', () => {
    const { digest, changes } = parsePlanFile(written, 'The file');
    expect(digest).toBe(digestOf(entries));
    expect(changes.map(({ action, status }) => `${action} ${status}`)).toEqual(['update applied', 'suspend failed', 'skip planned']);
    expect(changes[0]?.fields).toEqual(promotion.fields);
  });

  test('tells of a change that failed whether the record was written, which its digest does not', () => {
    const results = new Map([[promotion, { status: 'failed', message: 'the record was updated; no seats', recordWritten: true } as const]]);
    const { digest, changes } = parsePlanFile(renderPlanJson(planOf(entries, { digest: digestOf(entries) }), results).toArray().join(''), 'The file');
    expect([digest, changes.map((change) => change.recordWritten)]).toEqual([digestOf(entries), [true, undefined, undefined]]);
  });

  test('is read with a byte order mark', () => {
    expect(parsePlanFile(`\uFEFF${written}`, 'The file').changes).toHaveLength(3);
  });

  test('is refused where its changes are not those of its digest', () => {
    expect(faultOf(written.replace('Chief', 'Ch***'))).toBe('The file holds other changes than its digest says.');
  });

  test('with values hidden is good to expect, by its digest, and never to undo', () => {
    const masked = renderPlanJson(planOf(entries, { digest: digestOf(entries) }), resultsOf(), 'masked').toArray().join('').replaceAll('Chief', '***');
    expect(parseExpectedPlan(masked, 'The file')).toEqual({ digest: digestOf(entries), changes: undefined });
    expect(faultOf(masked)).toBe('The file has its values hidden (`personalData: masked`), and without them nothing can be undone.');
    expect(parseExpectedPlan(written, 'The file').changes).toHaveLength(3);
    expect(() => parseExpectedPlan(written.replace('Chief', '***'), 'The file')).toThrow('holds other changes');
  });

  test.each([
    ['no JSON', '{"name": "Ada Byron"', 'it is no JSON'],
    ['another version', written.replace('"version": 1', '"version": 2'), 'version: '],
    ['an action that there is not', written.replace('"action":"suspend"', '"action":"delete"'), 'changes.1.action: '],
    ['a value that is a list', written.replace('"Chief"', '["Chief"]'), 'changes.0.fields.0.after: '],
    ['a list', '[]', 'Invalid input'],
  ])('is refused where it is %s, and not quoted', (_name, content, why) => {
    expect(faultOf(content)).toContain(`The file is no \`plan.json\` (${why}`);
    expect(faultOf(content)).not.toMatch(/Ada|Chief/);
  });
});

describe('the difference of two plans', () => {
  const change = (given: Partial<ComparedEntry>): ComparedEntry => ({ ...entry({}), ...given });
  const create = (first: string, upn: string): ComparedEntry => change({ action: 'create', syncKey: 'email=a@example.com', userPrincipalName: upn, fields: [field('first_name', null, first)] });

  test('is none between equal ones, in whatever order', () => {
    expect(differenceOf([promotion, leaver], [skipped, leaver, { ...promotion, fields: promotion.fields.toReversed() }])).toEqual({ added: [], gone: [], changed: [] });
  });

  test('tells what was added, is gone, and has another value before or after', () => {
    const now = change({ oomnitzaId: 'u1', fields: [field('position', 'Captain', 'Chief'), field('city', null, 'Bern')] });
    const { added, gone, changed } = differenceOf([promotion, leaver], [now]);
    expect(added).toEqual([{ entry: now, field: 'city', expected: undefined, planned: { before: null, after: 'Bern' } }]);
    expect(gone.map((one) => `${one.entry.action} ${one.field}`)).toEqual(['update cost_center', 'suspend suspended']);
    expect(changed).toEqual([{ entry: now, field: 'position', expected: { before: null, after: 'Chief' }, planned: { before: 'Captain', after: 'Chief' } }]);
  });

  test('counts a value of another type as another one, as the digest does', () => {
    expect(differenceOf([promotion], [change({ oomnitzaId: 'u1', fields: [field('position', null, 'Chief'), field('cost_center', '17', '17')] })]).changed).toHaveLength(1);
  });

  test('keeps people apart who would be created with the same key', () => {
    const difference = differenceOf([create('Ann', 'ann'), create('Bob', 'bob')], [create('Bob', 'bob'), create('Eve', 'eve'), create('Kim', 'kim')]);
    expect(difference.changed.map((one) => [one.expected?.after, one.planned?.after])).toEqual([['Ann', 'Eve']]);
    expect(difference.added.map((one) => one.planned?.after)).toEqual(['Kim']);
    expect(difference.gone).toEqual([]);
  });
});
