import {
  compileExpression,
  Failure,
  type Argument,
  type CompiledExpression,
  type Evaluation,
  type ExpressionFault,
  type ExpressionFunction,
  type ExpressionValue,
  type Purpose,
} from '../../src/expression/index.ts';
import { revealed } from '../../src/reserved.ts';

function textOf(argument: Argument | undefined): string {
  return typeof argument === 'string' ? argument : '';
}

/** Stand-ins for converters. */
export const toys: readonly ExpressionFunction[] = [
  { name: 'lowercase', parameters: [{ name: 'value', type: 'text' }], result: 'text', call: ([value]) => textOf(value).toLowerCase() },
  {
    name: 'split',
    parameters: [
      { name: 'value', type: 'text' },
      { name: 'on', type: 'text' },
      { name: 'index', type: 'integer' },
    ],
    result: 'text',
    call: ([value, on, index]) => textOf(value).split(textOf(on))[Number(index)] ?? new Failure('`split` has no such part'),
  },
  {
    name: 'first_of',
    parameters: [
      { name: 'values', type: 'list' },
      { name: 'map', type: 'map' },
    ],
    result: 'any',
    call: ([values, map]) => {
      if (!(values instanceof Array) || !(map instanceof Map)) return null;
      for (const [key, value] of new Map<unknown, ExpressionValue>(map)) if (values.some((element) => element === key)) return value;
      return null;
    },
  },
  { name: 'double_it', parameters: [{ name: 'value', type: 'number' }], result: 'number', call: ([value]) => Number(value) * 2 },
  { name: 'kind_of', parameters: [{ name: 'value', type: 'any' }], result: 'text', call: ([value]) => (Array.isArray(value) ? 'list' : typeof value) },
  { name: 'is_set', parameters: [{ name: 'value', type: 'boolean' }], result: 'boolean', call: ([value]) => value === true },
  { name: 'words', parameters: [{ name: 'value', type: 'text' }], result: 'list', call: ([value]) => textOf(value).split(' ') },
  // Of one name: another type, and another number of parameters.
  { name: 'head', parameters: [{ name: 'value', type: 'text' }], result: 'text', call: ([value]) => textOf(value).charAt(0) },
  { name: 'head', parameters: [{ name: 'value', type: 'list' }], result: 'any', call: ([value]) => (value instanceof Array ? (value[0] ?? null) : null) },
  {
    name: 'head',
    parameters: [
      { name: 'value', type: 'text' },
      { name: 'default', type: 'any' },
    ],
    result: 'any',
    call: ([value, otherwise = null]) => (textOf(value).charAt(0) || (otherwise instanceof Map ? null : otherwise)),
  },
  { name: 'answer', parameters: [], result: 'integer', call: () => 42 },
];

/** A directory user with most kinds of properties. */
export const ada: Readonly<Record<string, unknown>> = {
  id: '11111111-2222-3333-4444-555555555555',
  accountEnabled: true,
  businessPhones: ['+47 1', '+31 2'],
  city: 'Oslo',
  country: 'NO',
  createdDateTime: '2024-02-29T10:30:00Z',
  department: 'IT',
  deviceEnrollmentLimit: 5,
  displayName: 'Ada Løvelace 😀',
  employeeOrgData: { division: 'Engines', costCenter: null },
  identities: [
    { signInType: 'userPrincipalName', issuer: 'example.com', issuerAssignedId: 'ada@example.com' },
    { signInType: 'federated', issuer: 'google.com', issuerAssignedId: '1' },
  ],
  jobTitle: null,
  mail: 'Ada.L@example.com',
  onPremisesExtensionAttributes: { extensionAttribute3: 'CC-1', extensionAttribute4: '' },
  otherMails: [],
  userType: 'Member',
  contoso_text: 'dyn',
  contoso_whole: 7,
  contoso_half: 1.5,
  contoso_list: ['a', 1, null, { name: 'x' }],
  contoso_object: { floor: 3, rooms: ['a', 'b'] },
};

export function faultsOf(text: string, purpose: Purpose = 'value'): readonly ExpressionFault[] {
  const compiled = compileExpression(text, purpose, toys);
  return 'evaluate' in compiled ? [] : compiled;
}

export function compiled(text: string, purpose: Purpose = 'value'): CompiledExpression {
  const expression = compileExpression(text, purpose, toys);
  if ('evaluate' in expression) return expression;
  throw new Error(`${text}: ${expression.map(({ offset, message }) => `${offset} ${message}`).join('; ')}`);
}

export function evaluated(text: string, user: Readonly<Record<string, unknown>> = ada, purpose: Purpose = 'value'): Evaluation {
  return compiled(text, purpose).evaluate(user);
}

/** The value alone; for anything else what happened. */
export function valueOf(text: string, user: Readonly<Record<string, unknown>> = ada): unknown {
  const evaluation = evaluated(text, user);
  if (evaluation.kind === 'value') return evaluation.value;
  return evaluation.kind === 'failed' ? `failed: ${revealed(evaluation.message)}` : 'stumbled';
}
