import { expect, test } from '@jest/globals';
import { tests as conformance } from '@bufbuild/cel-spec/testdata/conformance.js';
import { z } from 'zod';
import { compileExpression } from '../../src/expression/index.ts';

/*
 * The conformance tests of the CEL specification (https://github.com/google/cel-spec/tree/master/tests/simple), those that
 * are about what a sync file has. What is left out, and why, is listed here.
 */

interface ConformanceTest {
  readonly name: string;
  readonly expr: string;
  readonly expected: unknown;
}

interface Suite {
  readonly name: string;
  readonly suites?: readonly Suite[] | undefined;
  readonly tests?: readonly { readonly original: Readonly<Record<string, unknown>> }[] | undefined;
}

/** The others are about Protocol Buffers, optional values and extensions that a sync file does not have. */
const sections = ['basic', 'comparisons', 'conversions', 'fields', 'fp_math', 'integer_math', 'lists', 'logic', 'macros', 'parse', 'plumbing', 'string', 'string_ext', 'timestamps'];

const leftOut: readonly (readonly [why: string, what: RegExp])[] = [
  ['no unsigned integers', /\b(?:\d+|0x[0-9a-f]+)u\b|\buint\b/i],
  ['no bytes', /\b(?:b|br|rb)["']|\bbytes\b/i],
  ['no types as values', /\btype\b|^(?:bool|int|double|null_type|string|list|map)$/],
  ['no Protocol Buffers', /google\.|TestAllTypes|NestedMessage|proto[23]/],
  ['integers of 53 bits', /9223372036854775|9007199254740992|3602879701896396/],
  ['no names in backticks', /}\.`/],
  ['times in UTC only', /\.get\w+\(['"]/],
  ['times in milliseconds', /999999999Z|'-1ns'/],
  ['no quote and format of the strings extension', /strings\.quote|\.format\(/],
  ['trim as JavaScript has it', /\\u0085|\\ufeff/],
  ['macros do not nest', /\.(?:all|filter)\(\w+, \[[^)]*\.all\(/],
  ['names and functions are checked before anything is evaluated', /^x \|\| true|f_unknown|^a\.\w+\(\)/],
  ['what fails for every user is a fault, whatever stands beside it', /\|\| true$|&& false$|^(?:true \|\||false &&) \(2 \/ 0/],
  ['types are checked, also where a value would not be looked at', /^(?:false && 32|true \|\| 32|'horses'|true \? 'cows' : 17|\['one'\] == \[2, 3\])/],
  ['no field can hold null, a map or infinity', /^(?:null|\{\}|\{"k.*\}|\{true:null\}\[true\]|\{'map': .*\]|15\.75 \/ 0\.0|2\.0 \* -?8\.988466e\+307 *)$/],
];

const values = z.object({
  int64Value: z.string().optional(),
  doubleValue: z.union([z.number(), z.string()]).optional(),
  stringValue: z.string().optional(),
  boolValue: z.boolean().optional(),
  get listValue() {
    return z.object({ values: z.array(values).optional() }).optional();
  },
});

function valueOf({ int64Value, doubleValue, listValue, ...others }: z.infer<typeof values>): unknown {
  if (int64Value !== undefined) return Number(int64Value);
  if (listValue !== undefined) return (listValue.values ?? []).map(valueOf);
  // A field knows no negative zero.
  if (typeof doubleValue === 'number') return doubleValue + 0;
  return doubleValue ?? others.stringValue ?? others.boolValue ?? null;
}

const absent = z.unknown().optional();
const original = z.object({ name: z.string(), expr: z.string(), value: values.optional(), evalError: absent, bindings: absent, container: absent, disableMacros: absent });

function testsOf({ name, suites = [], tests = [] }: Suite): ConformanceTest[] {
  const own = tests.flatMap((test) => {
    const { expr, value, evalError, bindings, container, disableMacros, ...rest } = original.parse(test.original);
    // A sync file has one variable, `user`.
    if (bindings !== undefined || container !== undefined || disableMacros !== undefined) return [];
    if (leftOut.some(([, what]) => what.test(expr))) return [];
    const expected = value === undefined ? evalError === undefined : valueOf(value);
    return [{ name: `${name} ${rest.name}: ${expr}`, expr, expected: evalError === undefined ? expected : 'an error' }];
  });
  return [...own, ...suites.flatMap(testsOf)];
}

const chosen = conformance.suites?.filter(({ name }) => sections.includes(name)).flatMap(testsOf) ?? [];

function outcomeOf(expr: string): unknown {
  const compiled = compileExpression(expr, 'value', []);
  if (!('evaluate' in compiled)) return 'an error';
  const evaluation = compiled.evaluate({});
  return evaluation.kind === 'value' ? evaluation.value : 'an error';
}

test('what is left out is not all', () => {
  expect(chosen.length).toBeGreaterThan(700);
});

test.each(chosen)('$name', ({ expr, expected }) => {
  expect(outcomeOf(expr)).toEqual(expected);
});
