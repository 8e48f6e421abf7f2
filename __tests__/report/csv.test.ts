import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { textOf } from '../../src/field-value.ts';
import type { Plan } from '../../src/plan/index.ts';
import { renderCsv } from '../../src/report/index.ts';
import type { WriteResults } from '../../src/report/index.ts';
import { hostileValues } from './hostile.ts';
import { readCsv } from './rfc4180.ts';
import { entry, expectGolden, planOf, resultsOf, sample } from './samples.ts';

const header = 'action,status,reason,entra_id,user_principal_name,oomnitza_id,sync_key,field,before,after,message';
const none: WriteResults = new Map();

function csvOf(plan: Plan | null, results: WriteResults): string {
  return [...renderCsv(plan, results)].join('');
}

/** The cells as a program gets them that takes the guard off. */
function valuesOf(csv: string): string[][] {
  expect(csv.startsWith('\uFEFF')).toBe(true);
  return readCsv(csv.slice(1)).map((row) => row.map((cell) => cell.replace(/^'/, '')));
}

test('golden: a run with a little of everything', () => {
  const results = resultsOf(
    [sample.birgit, 'applied'],
    [sample.chen, 'failed', 'Oomnitza answered 400: "email" must be unique'],
    [sample.anna, 'applied'],
    [sample.dmitri, 'not-attempted'],
  );
  // Git stores text with LF alone; that the line ends are CRLF is tested below.
  expectGolden('changes.csv', csvOf(sample.plan, results).replaceAll('\r\n', '\n'));
});

test.each([
  ['without a plan', null],
  ['with an empty plan', planOf([])],
])('%s there is the header alone', (_, plan) => {
  expect(csvOf(plan, none)).toBe(`\uFEFF${header}\r\n`);
});

test('one row for each changed field, one for each finding', () => {
  const fields = [
    { field: 'a', before: true, after: false },
    { field: 'b', before: 1, after: null },
  ];
  const plan = planOf([
    entry({ fields }),
    entry({ action: 'suspend' }),
    entry({ action: 'leaver', fields, reason: 'missing', message: 'deleted on Monday' }),
    entry({ action: 'conflict', fields, reason: 'duplicate-target' }),
    entry({ action: 'skip', fields, reason: 'preference' }),
    entry({ action: 'skip', fields: fields.slice(0, 1), reason: 'invalid-value' }),
  ]);
  const columns = valuesOf(csvOf(plan, none)).slice(1).map((row) => [row[0], row[2], row[7], row[8], row[9], row[10]]);
  expect(columns).toEqual([
    ['update', '', 'a', 'true', 'false', ''],
    ['update', '', 'b', '1', '', ''],
    ['suspend', '', '', '', '', ''],
    ['leaver', 'missing', '', '', '', 'deleted on Monday'],
    ['conflict', 'duplicate-target', '', '', '', ''],
    ['skip', 'preference', '', '', '', ''],
    ['skip', 'invalid-value', 'a', 'true', 'false', ''],
  ]);
});

test('rows keep the order of the plan, and are sorted by field where several are about one person', () => {
  const field = (name: string): { field: string; before: null; after: number } => ({ field: name, before: null, after: 1 });
  const plan = planOf([
    entry({ action: 'create', userPrincipalName: 'z', fields: [field('q')] }),
    entry({ action: 'update', userPrincipalName: null, fields: [field('a'), field('Z')] }),
    entry({ action: 'update', userPrincipalName: 'B', oomnitzaId: '10', fields: [field('q')] }),
    entry({ action: 'update', userPrincipalName: 'b', oomnitzaId: '2', fields: [field('q')] }),
    entry({ action: 'update', userPrincipalName: '\uFF5E', fields: [field('q')] }),
    entry({ action: 'update', userPrincipalName: '\u{1F600}', fields: [field('q')] }),
    entry({ action: 'skip', userPrincipalName: 'a', reason: 'x', fields: [field('z')] }),
    entry({ action: 'skip', userPrincipalName: 'A', reason: 'x', fields: [field('b')] }),
  ]);
  const order = valuesOf(csvOf(plan, none)).slice(1).map((row) => [row[0], row[4], row[5], row[7]].join(' '));
  expect(order).toEqual([
    'create z  q',
    'update   Z',
    'update   a',
    'update B 10 q',
    'update b 2 q',
    'update \uFF5E  q',
    'update \u{1F600}  q',
    'skip A  b',
    'skip a  z',
  ]);
});

test('what became of a change stands in each of its rows, findings stay planned', () => {
  const change = entry({ fields: [{ field: 'a', before: 1, after: 2 }, { field: 'b', before: 1, after: 2 }] });
  const finding = entry({ action: 'conflict', reason: 'duplicate-source' });
  const rows = valuesOf(csvOf(planOf([change, finding]), resultsOf([change, 'failed', 'refused'], [finding, 'failed'])));
  expect(rows.slice(1).map((row) => [row[1], row[10]])).toEqual([
    ['failed', 'refused'],
    ['failed', 'refused'],
    ['planned', ''],
  ]);
});

describe('hostile values', () => {
  test.each(Object.entries(hostileValues))('come back unchanged, and no cell is a formula: %s', (_, value) => {
    expectRoundTrip(value, value);
  });

  test('any value comes back unchanged, and no cell is a formula', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(',', '"', '\r', '\n', '\t', '=', "'", 'a') }), expectRoundTrip));
  });

  function expectRoundTrip(before: string, after: string): void {
    const one = entry({
      action: 'update',
      reason: after,
      entraId: before,
      userPrincipalName: after,
      oomnitzaId: before,
      syncKey: after,
      fields: [{ field: before, before, after }],
      message: before,
    });
    const csv = csvOf(planOf([one]), none);
    expect(valuesOf(csv)[1]).toEqual(['update', 'planned', after, before, after, before, after, before, textOf(before), after, before]);
    for (const cell of readCsv(csv.slice(1)).flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
  }
});

test('of 200,000 rows none is lost, and they come in pieces', () => {
  const fields = [
    { field: 'department', before: 'Sales, EMEA', after: 'Marketing' },
    { field: 'position', before: null, after: 'Engineer' },
  ];
  const entries = Array.from({ length: 100_000 }, (_, index) => entry({ userPrincipalName: `user${String(index).padStart(6, '0')}@example.com`, fields }));
  const pieces = [...renderCsv(planOf(entries), none)];
  expect(pieces.join('').split('\r\n').length).toBe(1 + 200_000 + 1);
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(1_000_000);
});
