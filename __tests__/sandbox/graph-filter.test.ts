import { beforeAll, describe, expect, test } from '@jest/globals';
import { EntraTenant } from '../../sandbox/index.ts';
import { GraphError } from '../../sandbox/graph/errors.ts';
import { compileFilter } from '../../sandbox/graph/filter.ts';

const EXTENSION = 'extension_0123456789abcdef0123456789abcdef_badge';
let tenant: EntraTenant;

beforeAll(() => {
  tenant = new EntraTenant(1);
  const created = '2024-06-01T10:00:00Z';
  tenant.addUser({ displayName: 'Ada Byron', id: '1', department: 'IT', createdDateTime: created, [EXTENSION]: 'B-7' });
  tenant.addUser({ displayName: "Pat O'Brien", id: '2', department: 'Sales', accountEnabled: false });
  tenant.addUser({ displayName: 'Kim Guest', id: '3', department: null, userType: 'Guest' });
  tenant.addUser({ displayName: 'Old Account', id: '4', department: 'IT Support', userType: null });
  tenant.updateUser('1', { onPremisesExtensionAttributes: { extensionAttribute3: 'CC-1' }, companyName: 'Contoso' });
});

function found(filter: string): string {
  const { holds } = compileFilter(filter, tenant);
  return [...tenant.users.values()].filter(holds).map(({ id }) => id).join('');
}

function refusal(filter: string): GraphError {
  try {
    compileFilter(filter, tenant);
  } catch (error) {
    if (error instanceof GraphError) return error;
  }
  throw new Error(`not refused: ${filter}`);
}

test.each([
  ["department eq 'IT'", '1'],
  ["department eq 'it'", '1'],
  ["surname eq 'O''Brien'", '2'],
  ['accountEnabled eq false', '2'],
  ["startswith(department,'IT')", '14'],
  ["startsWith(department, 'it')", '14'],
  ["department in ('IT', 'Sales')", '12'],
  ["department eq 'IT' or department eq 'Sales' and accountEnabled eq true", '1'],
  ["(department eq 'IT' or department eq 'Sales') and accountEnabled eq false", '2'],
  ["userType eq 'Member'", '12'],
  ["createdDateTime ge 2024-01-01T00:00:00Z", '1'],
  ["createdDateTime le 2023-12-31", '234'],
  [`${EXTENSION} eq 'B-7'`, '1'],
  ["id eq '3'", '3'],
])('without advanced parameters: %s', (filter, ids) => {
  expect(found(filter)).toBe(ids);
  expect(compileFilter(filter, tenant).advancedFor).toBeUndefined();
});

test.each([
  ["department ne 'IT'", '234'],
  ["not(department eq 'IT')", '234'],
  ["not startswith(department,'IT')", '23'],
  ["endsWith(department,'Support')", '4'],
  ['department eq null', '3'],
  ['department ne null', '124'],
  ["userType eq 'Member' or userType eq null", '124'],
  ["companyName eq 'Contoso'", '1'],
  ["onPremisesExtensionAttributes/extensionAttribute3 eq 'CC-1'", '1'],
])('only with advanced parameters: %s', (filter, ids) => {
  expect(found(filter)).toBe(ids);
  expect(compileFilter(filter, tenant).advancedFor).toEqual(expect.any(String));
});

describe('refused', () => {
  test.each([
    ['an unknown property', "departement eq 'IT'"],
    ['a property in the wrong case', "Department eq 'IT'"],
    ['a missing value', 'department eq'],
    ['a missing operator', 'department'],
    ['an unquoted text', 'department eq IT'],
    ['an open text', "department eq 'IT"],
    ['an open parenthesis', "(department eq 'IT'"],
    ['what is left over', "department eq 'IT')"],
    ['an unknown operator', "department is 'IT'"],
    ['a text for a boolean', "accountEnabled eq 'true'"],
    ['a boolean for a text', 'department eq true'],
    ['a number for a text', 'department eq 7'],
    ['no filter at all', ''],
    ['startswith on a boolean', "startswith(accountEnabled,'t')"],
  ])('%s', (_case, filter) => {
    expect(refusal(filter)).toMatchObject({ status: 400, code: 'Request_BadRequest' });
  });

  test.each([
    ["id ne '1'"],
    ["startswith(id,'1')"],
    ["businessPhones eq 'x'"],
    ["contains(department,'T')"],
    ["department gt 'IT'"],
    ["onPremisesExtensionAttributes/extensionAttribute16 eq 'x'"],
    ["aboutMe eq 'x'"],
  ])('the directory does not support %s', (filter) => {
    expect(refusal(filter)).toMatchObject({ status: 400, code: 'Request_UnsupportedQuery' });
  });
});
