import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileExpression, type CompiledExpression, type Evaluation } from '../../src/expression/index.ts';
import { directoryUser } from '../../src/graph-user/index.ts';
import { toys } from './support.ts';

const pieces = [
  'user', '.mail', '.city', '.department', '.businessPhones', '.identities', '.employeeOrgData', '.accountEnabled', '.contoso_x', '.createdDateTime', '.deviceEnrollmentLimit',
  '.contains(', '.exists(p, ', '.map(p, ', '.filter(p, p', '.all(', '.split(', '.join(', '.replace(', '.matches(', '.size()', '.trim()', '.getFullYear()', '.substring(',
  'has(', 'size(', 'string(', 'int(', 'double(', 'timestamp(', 'duration(', 'dyn(', 'lowercase(', 'split(', 'first_of(',
  'p', 'true', 'false', 'null', '0', '1', '-1', '2.5', '"a"', '"a@b"', "'x'", '"[a-z]+$"', 'r"\\d"', '"""', '"1h"', '"2024-01-01T00:00:00Z"',
  ' == ', ' != ', ' < ', ' >= ', ' in ', ' + ', ' - ', ' * ', ' / ', ' % ', ' && ', ' || ', '!', '-', ' ? ', ' : ', '(', ')', '[', ']', '{', '}', ', ', '.', ' ', '\n', '// x\n', '=', '&', '"', '\\', '\u0000', '😀',
];

/** Texts that are no CEL, texts that nearly are, and texts that the grammar makes. */
const leaf = fc.constantFrom(
  'user.mail', 'user.city', 'user.department', 'user.businessPhones', 'user.accountEnabled', 'user.deviceEnrollmentLimit', 'user.employeeOrgData.division', 'user.identities',
  'user.contoso_x', 'user.contoso_x.y', 'user.createdDateTime', '"a"', '"a@b"', '""', '"2024-01-01T00:00:00Z"', '0', '1', '7', '2.5', 'true', 'false', 'null', '["a", "b"]', '[1, 2]', '{"a": 1}', '[]', 'p',
);
const { expression } = fc.letrec<{ expression: string; list: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'medium' },
    leaf,
    // Of unknown type, everything can be tried with it.
    leaf.map((value) => `dyn(${value === 'p' ? '"p"' : value})`),
    tie('expression').map((value) => `dyn(${value})`),
    fc.tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/', '%', '==', '!=', '<', '<=', '>', '>=', 'in', '&&', '||'), tie('expression')).map(([a, operator, b]) => `(${a} ${operator} ${b})`),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    fc.tuple(fc.constantFrom('!', '-', 'size', 'string', 'int', 'double', 'bool', 'timestamp', 'duration', 'dyn', 'lowercase', 'kind_of', 'words'), tie('expression')).map(([f, a]) => `${f}(${a})`),
    fc.tuple(tie('expression'), fc.constantFrom('contains', 'startsWith', 'split', 'indexOf', 'charAt', 'substring', 'join', 'lastIndexOf'), tie('expression')).map(([a, f, b]) => `${a}.${f}(${b})`),
    fc.tuple(tie('expression'), fc.constantFrom('trim()', 'lowerAscii()', 'reverse()', 'size()', 'join()', 'getMonth()', 'getHours()', 'y', 'matches("[a-b]+@?$")', 'replace("a", "bb")')).map(([a, f]) => `${a}.${f}`),
    fc.tuple(tie('expression'), fc.constantFrom('all', 'exists', 'exists_one', 'map', 'filter'), tie('expression')).map(([a, f, b]) => `${a}.${f}(p, ${b})`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `${a}[${b}]`),
    tie('list'),
  ),
  list: fc.array(tie('expression'), { maxLength: 3 }).map((elements) => `[${elements.join(', ')}]`),
}));

const text = fc.oneof(
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 2, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((chosen) => chosen.join('')) },
  { weight: 5, arbitrary: expression },
);

const json = fc.jsonValue({ maxDepth: 3 });
const rightType = fc.record(
  {
    accountEnabled: fc.boolean(),
    mail: fc.constantFrom('a@b', 'a', ''),
    city: fc.string({ maxLength: 5 }),
    department: fc.constant('a'),
    businessPhones: fc.array(fc.constantFrom('a', 'b')),
    deviceEnrollmentLimit: fc.integer(),
    employeeOrgData: fc.record({ division: fc.constant('a') }),
    identities: fc.array(fc.record({ issuer: fc.constant('a') })),
    createdDateTime: fc.constant('2024-05-06T07:08:09Z'),
    contoso_x: json,
  },
  { requiredKeys: [] },
);
const anyType = fc.dictionary(fc.constantFrom(...directoryUser.properties.keys(), 'contoso_x'), fc.oneof(json, fc.anything({ maxDepth: 2, withDate: true, withMap: true, withBigInt: true, withNullPrototype: true })));
const user = fc.oneof(rightType, anyType);

function expectEvaluation(evaluation: Evaluation): void {
  expect(['value', 'stumbled', 'failed']).toContain(evaluation.kind);
  if (evaluation.kind !== 'value') return;
  for (const value of Array.isArray(evaluation.value) ? evaluation.value : [evaluation.value]) {
    expect(value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value)).toBe(true);
  }
}

/** Compiles, asserts that what is told of it stands inside of the text, and hands on what compiled. */
function compiledOrJudged(source: string, purpose: 'value' | 'condition'): CompiledExpression | undefined {
  const compiled = compileExpression(source, purpose, toys);
  if ('evaluate' in compiled) return compiled;
  expect(compiled.length).toBeGreaterThan(0);
  for (const { message, hint, offset } of compiled) {
    expect(message).toMatch(/^[^a-z].*[.]$/su);
    expect(hint).not.toBe('');
    expect(offset).toBeGreaterThanOrEqual(0);
    expect(offset).toBeLessThanOrEqual(source.length);
  }
  expect(compiled.map(({ offset }) => offset)).toEqual(compiled.map(({ offset }) => offset).toSorted((left, right) => left - right));
  return undefined;
}

test('any text compiles or is refused, and evaluates for any user, the same each time', () => {
  let compiledCount = 0;
  fc.assert(
    fc.property(text, fc.constantFrom('value' as const, 'condition' as const), fc.array(user, { minLength: 1, maxLength: 3 }), (source, purpose, users) => {
      const compiled = compiledOrJudged(source, purpose);
      if (compiled === undefined) return;
      compiledCount++;
      const answers = users.map((one) => compiled.evaluate(one));
      answers.forEach(expectEvaluation);
      expect(users.map((one) => compiled.evaluate(one))).toEqual(answers);
      expect(users.map((one) => compileExpressionAgain(source, purpose).evaluate(one))).toEqual(answers);
      if (purpose === 'condition') for (const answer of answers) if (answer.kind === 'value') expect(typeof answer.value).toBe('boolean');
    }),
    { numRuns: 4_000 },
  );
  expect(compiledCount).toBeGreaterThan(200);
});

function compileExpressionAgain(source: string, purpose: 'value' | 'condition'): CompiledExpression {
  const compiled = compileExpression(source, purpose, toys);
  if ('evaluate' in compiled) return compiled;
  throw new Error('once it compiled, once it did not');
}

test('properties that an expression does not name make no difference to it', () => {
  fc.assert(
    fc.property(expression, user, user, (source, one, other) => {
      const compiled = compileExpression(source, 'value', toys);
      if (!('evaluate' in compiled)) return;
      const names = new Set(compiled.properties.map(({ name }) => name));
      const mixed = { ...Object.fromEntries(Object.entries(other).filter(([name]) => !names.has(name))), ...Object.fromEntries(Object.entries(one).filter(([name]) => names.has(name))) };
      expect(compiled.evaluate(mixed)).toEqual(compiled.evaluate(one));
    }),
    { numRuns: 2_000 },
  );
});

test('a property that is null and one that is missing are the same', () => {
  fc.assert(
    fc.property(expression, rightType, (source, one) => {
      const compiled = compileExpression(source, 'value', toys);
      if (!('evaluate' in compiled)) return;
      const nulls = Object.fromEntries([...directoryUser.properties.keys(), 'contoso_x'].map((name) => [name, null]));
      expect(compiled.evaluate({ ...nulls, ...one })).toEqual(compiled.evaluate(one));
    }),
    { numRuns: 2_000 },
  );
});

test('&& and || do not care for the order of their operands', () => {
  const operand = fc.constantFrom('true', 'false', 'user.accountEnabled', 'user.mail.contains("a")', 'user.contoso_x == 1', 'has(user.city)', 'user.employeeOrgData.division.startsWith("a")');
  fc.assert(
    fc.property(operand, operand, fc.constantFrom('&&', '||'), rightType, (left, right, operator, one) => {
      const [first, second] = [`${left} ${operator} ${right}`, `${right} ${operator} ${left}`].map((source) => compileExpressionAgain(source, 'condition').evaluate(one));
      expect(first).toEqual(second);
    }),
  );
});

test('white space, comments and parentheses change nothing', () => {
  fc.assert(
    fc.property(expression, rightType, (source, one) => {
      const plain = compileExpression(source, 'value', toys);
      const wrapped = compileExpression(`\t(\r\n${source} // comment\n) `, 'value', toys);
      expect('evaluate' in wrapped).toBe('evaluate' in plain);
      if ('evaluate' in plain && 'evaluate' in wrapped) expect(wrapped.evaluate(one)).toEqual(plain.evaluate(one));
    }),
    { numRuns: 1_000 },
  );
});
