import { describe, expect, test } from '@jest/globals';
import { suggestFor } from './world.ts';

/** Comments as if lines had no end. */
function unbroken(text: string): string {
  return text.replaceAll(/\n *# /g, ' ');
}

/** A user who has a value at a source path. */
function userWith(path: string, value: string): Record<string, unknown> {
  const [first = '', inner] = path.split('.');
  return { [first]: inner === undefined ? value : { [inner]: value } };
}

describe('a field whose values agree', () => {
  test('gets the property that they agree with, whatever it is called', () => {
    const { lines } = suggestFor({ fields: [{ name: 'department' }], user: (number) => ({ department: `D${number % 9}`, companyName: `C${number % 7}` }), record: (number) => ({ department: `C${number % 7}` }) });
    expect(lines.get('department')).toEqual({ source: 'companyName', isGuess: false, remark: 'agrees for 40 of 40 matched people' });
  });

  test('is a guess where another property agrees as well and neither name fits', () => {
    const both = (number: number): Record<string, string> => ({ city: `Town ${number}`, state: `Town ${number}` });
    const { lines } = suggestFor({ fields: [{ name: 'base' }], user: both, record: (number) => ({ base: `Town ${number}` }) });
    expect(lines.get('base')).toMatchObject({ source: 'city', isGuess: true, remark: 'a guess: agrees for 40 of 40 matched people, and so does state. It only fills what is empty' });
    const named = suggestFor({ fields: [{ name: 'base', label: 'Province' }], user: both, record: (number) => ({ base: `Town ${number}` }) });
    expect(named.lines.get('base')).toMatchObject({ source: 'state', isGuess: false });
  });

  test('gets the property that agrees wherever it has a value, not one that more people have and that agrees less', () => {
    const { lines } = suggestFor({
      people: 100,
      fields: [{ name: 'f1', label: 'Mobile phone' }, { name: 'office' }],
      user: (number) => ({
        mobilePhone: number % 2 === 0 ? `M${number}` : null,
        businessPhones: [number % 10 < 8 ? `M${number}` : `B${number}`],
        officeLocation: number % 5 < 2 ? `Town ${number % 20}` : null,
        city: number % 9 === 8 ? 'Elsewhere' : `Town ${number % 20}`,
      }),
      record: (number) => ({ f1: `M${number}`, office: `Town ${number % 20}` }),
    });
    expect(lines.get('f1')).toMatchObject({ source: 'mobilePhone', isGuess: false, remark: expect.stringContaining('agrees for 50 of 50') });
    expect(lines.get('office')).toMatchObject({ source: 'officeLocation', isGuess: false, remark: expect.stringContaining('agrees for 40 of 40') });
  });

  test('is a guess where a property whose name fits, or that more people have, agrees less', () => {
    const user = (number: number): Record<string, string | null> => ({ officeLocation: number < 20 ? `Town ${number}` : null, city: number % 9 === 8 ? 'Elsewhere' : `Town ${number}` });
    const of = (label: string): unknown => suggestFor({ fields: [{ name: 'f1', label }], user, record: (number) => ({ f1: `Town ${number}` }) }).lines.get('f1');
    for (const label of ['City', 'Base']) expect(of(label)).toMatchObject({ source: 'officeLocation', isGuess: true, remark: expect.stringContaining(', and so does city for 36 of 40') });
  });

  test('takes more people where no name speaks for it', () => {
    const of = (people: number, name: string): unknown => suggestFor({ people, fields: [{ name }], user: (number) => ({ employeeId: String(number + 1) }), record: (number) => ({ [name]: String(number + 1) }) }).lines.get(name);
    expect(of(11, 'parking_space')).toMatchObject({ isGuess: true, remark: expect.stringContaining('too few people') });
    expect(of(12, 'parking_space')).toMatchObject({ isGuess: false });
    expect(of(4, 'employee_number')).toMatchObject({ isGuess: true, remark: expect.stringContaining('It only fills what is empty') });
    expect(of(5, 'employee_number')).toMatchObject({ isGuess: false });
  });

  test('is a guess that names the others where few different values agree with several properties', () => {
    const land = (number: number): string => ['DE', 'FR', 'SE'][number % 3] ?? '';
    const { lines } = suggestFor({ fields: [{ name: 'land' }], user: (number) => ({ country: land(number), usageLocation: land(number) }), record: (number) => ({ land: land(number) }) });
    expect(lines.get('land')).toMatchObject({ source: 'country', isGuess: true, remark: expect.stringContaining('and so does usageLocation, too few people or different values to be sure') });
  });

  test('of text is no date that is written in another way', () => {
    const day = (number: number): string => `2024-01-${String(1 + (number % 28)).padStart(2, '0')}`;
    const { lines, text } = suggestFor({ fields: [{ name: 'hire_date' }, { name: 'x' }], user: (number) => ({ employeeHireDate: `${day(number)}T00:00:00Z` }), record: (number) => ({ hire_date: day(number), x: day(number) }) });
    expect(lines.size).toBe(2);
    expect(unbroken(text)).toContain('by its name employeeHireDate, but that agrees for 0 of 40 matched people: hire_date');
  });

  test('writes to new people only where it is a guess that the preset would make as well', () => {
    const { lines } = suggestFor({ people: 2, fields: [{ name: 'department' }], user: (number) => ({ department: `D${number}` }), record: (number) => ({ department: `D${number}` }) });
    expect(lines.get('department')?.remark).toContain('It only fills what is empty');
    expect(lines.get('email')?.remark).toContain('It is written to new people only');
  });

  test('is a guess where nearly everybody has the same value, and none without a name that fits', () => {
    const { lines, text } = suggestFor({
      fields: [{ name: 'country' }, { name: 'planet' }, { name: 'wears_glasses', type: 'boolean' }],
      user: () => ({ country: 'Norway', city: 'Earth' }),
      record: () => ({ country: 'Norway', planet: 'Earth', wears_glasses: true }),
    });
    expect(lines.get('country')).toMatchObject({ source: 'country', isGuess: true, remark: expect.stringContaining('nearly all of them have the same value') });
    expect([...lines.keys()]).toEqual(['username', 'email', 'country']);
    expect(unbroken(text)).toContain('the name tells nothing: planet, wears_glasses');
  });

  test('is a guess where few agree, and then only fills what is empty', () => {
    const { lines } = suggestFor({ people: 4, fields: [{ name: 'plant' }], user: (number) => ({ city: `Town ${number}` }), record: (number) => ({ plant: `Town ${number}` }) });
    expect(lines.get('plant')).toMatchObject({ isGuess: true, remark: 'a guess: agrees for 4 of 4 matched people, too few people or different values to be sure. It only fills what is empty' });
  });

  test.each([
    ['lowercase', 'text', 'userPrincipalName', (number: number) => `LOGIN${number}@X.ORG`, (number: number) => `login${number}@x.org`],
    ['uppercase', 'text', 'city', (number: number) => `Town ${number}`, (number: number) => `TOWN ${number}`],
    ['split_email', 'text', 'mail', (number: number) => `a${number}@x.org`, (number: number) => `a${number}`],
    ['epoch_seconds', 'integer', 'createdDateTime', (number: number) => new Date(1e12 + number * 1e8).toISOString(), (number: number) => 1e9 + number * 1e5],
    ['epoch_seconds', 'text', 'createdDateTime', (number: number) => new Date(1e12 + number * 1e8).toISOString(), (number: number) => String(1e9 + number * 1e5)],
  ] as const)('is converted by %s into %s where only that makes them agree', (convert, type, path, given, held) => {
    const { lines } = suggestFor({ fields: [{ name: 'x', type }], user: (number) => ({ [path]: given(number) }), record: (number) => ({ x: held(number), ...(path === 'mail' ? { username: `login${number}@example.com` } : {}), email: path === 'mail' ? given(number) : `mail${number}@example.com` }) });
    expect(lines.get('x')).toMatchObject({ source: `${path} ${convert}`, isGuess: false });
  });

  test('is not converted where some values have capitals', () => {
    const { lines } = suggestFor({ fields: [{ name: 'city' }], user: (number) => ({ city: `TOWN ${number}` }), record: (number) => ({ city: number < 30 ? `TOWN ${number}` : `town ${number}` }) });
    expect(lines.get('city')).toMatchObject({ source: 'city', remark: 'agrees for 30 of 40 matched people' });
  });

  test('takes labels of a drop-down for its keys, and dates for seconds', () => {
    const options = ['Red', 'Green', 'Blue', 'White'].map((label, key) => ({ key: String(key), label }));
    const { lines } = suggestFor({
      fields: [{ name: 'team', options }, { name: 'began', type: 'date' }],
      user: (number) => ({ companyName: options[number % 4]?.label, employeeHireDate: `2024-01-${String(1 + (number % 28)).padStart(2, '0')}T00:00:00Z` }),
      record: (number) => ({ team: String(number % 4), began: Date.UTC(2024, 0, 1 + (number % 28)) / 1000 }),
    });
    expect(lines.get('team')).toMatchObject({ source: 'companyName', isGuess: false });
    expect(lines.get('began')).toMatchObject({ source: 'employeeHireDate', isGuess: false });
  });
});

describe('a field without values to compare', () => {
  test.each([
    ['cost_center', undefined, 'employeeOrgData.costCenter'],
    ['f1', 'Cost centre', 'employeeOrgData.costCenter'],
    ['f1', 'Mobile number', 'mobilePhone'],
    ['f1', 'Line Manager E-Mail', 'manager.mail'],
    ['hrEmployeeNumber', undefined, 'employeeId'],
    ['f1', 'Azure AD Object GUID', 'id'],
    ['extension_attribute_7', undefined, 'onPremisesExtensionAttributes.extensionAttribute7'],
    ['work_city', undefined, 'city'],
  ])('goes by the name %s and the label %s', (name, label, source) => {
    const { lines } = suggestFor({ fields: [{ name, label }], user: (number) => userWith(source, `v${number}`) });
    expect(lines.get(name)).toMatchObject({ source, isGuess: true, remark: expect.stringContaining('It only fills what is empty') });
  });

  test.each(['id_of_user', 'favourite_colour', 'user_type_of_shoe', 'api_token', 'password', 'suspended', 'user_id', '部門'])('gets nothing where the name tells nothing, or it is none of a sync’s business: %s', (name) => {
    expect(suggestFor({ fields: [{ name }] }).lines.size).toBe(2);
  });

  test('follows the preset as it is, whoever is there', () => {
    const { lines, text, proven, guesses } = suggestFor({ people: 0, fields: [{ name: 'first_name' }, { name: 'department' }] });
    expect([...lines].map(([name, { source }]) => `${name} ${source}`)).toEqual(['username userPrincipalName', 'email mail', 'department department', 'first_name givenName']);
    expect(text).not.toContain('apply: if-empty');
    expect([proven, guesses]).toEqual([0, 4]);
  });
});

test('a name is not followed to where no user has a value', () => {
  const { lines, text } = suggestFor({ fields: [{ name: 'fax' }, { name: 'division' }] });
  expect(lines.size).toBe(2);
  expect(text).toContain('by its name faxNumber, but no user has a value there: fax');
});

describe('a name that values speak against', () => {
  test('is told of and not followed', () => {
    const { lines, text } = suggestFor({ fields: [{ name: 'city' }], user: (number) => ({ city: `Town ${number}` }), record: (number) => ({ city: `Elsewhere ${number}` }) });
    expect(lines.has('city')).toBe(false);
    expect(unbroken(text)).toContain('by its name city, but that agrees for 0 of 40 matched people: city');
  });

  test('is a guess where it is half right', () => {
    const { lines } = suggestFor({ fields: [{ name: 'city' }], user: (number) => ({ city: `Town ${number}` }), record: (number) => ({ city: number % 3 === 0 ? 'Elsewhere' : `Town ${number}` }) });
    expect(lines.get('city')).toMatchObject({ isGuess: true, remark: 'a guess: agrees for 26 of 40 matched people, and the name fits. It only fills what is empty' });
  });

  test('does not take the name of everybody away', () => {
    const { lines, text } = suggestFor({ record: (number) => ({ username: `badge${number}` }) });
    expect(lines.get('username')).toMatchObject({ source: 'userPrincipalName', isGuess: true, remark: expect.stringContaining('agrees for 0 of 40 matched people. Oomnitza creates nobody without it, and this is the usual source. It is written to new people only') });
    expect(text).toContain('sync-keys: [email]');
  });

  test('is no use where the field does not take the values', () => {
    const { lines, text } = suggestFor({ fields: [{ name: 'employee_id', type: 'integer' }], user: (number) => ({ employeeId: `E-${number}` }) });
    expect(lines.has('employee_id')).toBe(false);
    expect(unbroken(text)).toContain('by its name employeeId, but the field does not take those values: employee_id');
  });
});

test('a field that may not be edited gets no rule, though its source is told', () => {
  const { lines, text } = suggestFor({ fields: [{ name: 'town', editable: false }, { name: 'username', editable: false }], user: (number) => ({ city: `Town ${number}` }), record: (number) => ({ town: `Town ${number}` }) });
  expect(lines.has('town')).toBe(false);
  expect(unbroken(text)).toContain('Oomnitza marks it as not editable; city agrees for 40 of 40 matched people: town');
  expect(lines.get('username')?.remark).toContain('or `oomnitza-ignore-meta-restriction: true` is set');
});
