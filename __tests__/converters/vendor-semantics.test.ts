import { describe, expect, it } from '@jest/globals';
import { converters, InvalidValue, locationConverter, type ConverterArguments, type Convertible } from '../../src/converters/index.ts';

/*
 * What the vendor's converters of the same name answer, as their code (github.com/Oomnitza/oomnitza-connector,
 * folder converters/) does under Python 3.11 with arrow 0.12.1, the version its requirements.txt pins. `kept` marks what
 * they cannot convert and hand on unchanged: here it is an invalid value.
 */
const kept = Symbol('kept');

function convert(name: string, value: Convertible, args?: ConverterArguments) {
  const converted = converters.get(name)?.convert(value, args);
  return converted instanceof InvalidValue ? kept : converted;
}

describe('capitalize', () => {
  it.each([
    ['jOHN sMITH', 'John smith'],
    ['mary-ann O’NEIL', 'Mary-ann o’neil'],
    [' john', ' john'],
    ['123aB', '123ab'],
    ['éA', 'Éa'],
    ['ß', 'Ss'],
    ['ﬁx', 'Fix'],
    ['İx', 'İx'],
    ['ΑΣ', 'Ας'],
    ['\u{10428}\u{10428}', '\u{10400}\u{10428}'],
  ])('%p', (text, result) => {
    expect(convert('capitalize', text)).toBe(result);
  });
});

describe('split', () => {
  it.each<[string, ConverterArguments, unknown]>([
    ['a@b@c', { on: '@' }, 'a'],
    ['a@b@c', { on: '@', index: 2 }, 'c'],
    ['a@b@c', { on: '@', index: -1 }, 'c'],
    ['a@b@c', { on: '@', index: -3 }, 'a'],
    ['a@b@c', { on: '@', index: 3 }, kept],
    ['a@b@c', { on: '@', index: -4 }, kept],
    ['abc', { on: '@', index: 0 }, 'abc'],
    ['abc', { on: '@', index: 1 }, kept],
    ['@b', { on: '@', index: 0 }, ''],
    ['a, b', { on: ', ', index: 1 }, 'b'],
    [' a  b\tc ', {}, 'a'],
    [' a  b\tc ', { index: -1 }, 'c'],
    [' a  b\tc ', { index: 3 }, kept],
  ])('%p %p', (text, args, result) => {
    expect(convert('split', text, args)).toBe(result);
  });

  it('says how many parts there are', () => {
    const converter = converters.get('split');
    expect(converter?.convert('a@b', { on: '@', index: 2 })).toEqual(new InvalidValue('`split` finds 2 parts, and `index: 2` is none of them'));
    expect(converter?.convert('a', { on: '@', index: 1 })).toEqual(new InvalidValue('`split` finds one part, and `index: 1` is none of them'));
  });
});

describe('parts of addresses and names', () => {
  it.each([
    ['split_email', 'ada@example.com', 'ada'],
    ['split_email', 'a@b@c', 'a'],
    ['split_email', 'ada', 'ada'],
    ['split_email', '@example.com', ''],
    ['first_from_full', 'Ada King Lovelace', 'Ada'],
    ['first_from_full', 'Cher', 'Cher'],
    ['first_from_full', ' Ada King', ''],
    ['first_from_full', 'Ada\u00a0King', 'Ada\u00a0King'],
    ['last_from_full', 'Ada King Lovelace', 'Lovelace'],
    ['last_from_full', 'Cher', 'Cher'],
    ['last_from_full', 'Ada King ', ''],
  ])('%s %p', (name, text, result) => {
    expect(convert(name, text)).toBe(result);
  });
});

describe('epoch_seconds, as timestamp and date_format', () => {
  it.each<[string | number, unknown]>([
    ['2019-02-12', 1549929600],
    ['  2019-02-12  ', 1549929600],
    ['2019/02/12', 1549929600],
    ['2019.02.12', 1549929600],
    ['2019-02', 1548979200],
    ['2019-02-12T08:13:35Z', 1549959215],
    ['2019-02-12T08:13:35.1234567Z', 1549959215],
    ['2019-02-12T08:13:35,5Z', 1549959215],
    ['2019-02-12T08:13:35+02:00', 1549952015],
    ['2019-02-12T08:13:35+0200', 1549952015],
    ['2019-02-12T08:13:35+02', 1549952015],
    ['2019-02-12T08:13:35-05:30', 1549979015],
    ['2019-02-12 08:13:35', 1549959215],
    ['2019-02-12 08:13', 1549959180],
    ['2019-02-12T08:13', 1549959180],
    ['1969-12-31T23:59:59.5Z', -1],
    ['0001-01-01', -62135596800],
    ['9999-12-31T23:59:59Z', 253402300799],
    ['2024-02-29', 1709164800],
    // Digits alone are seconds already, even where they look like a year or a day.
    ['2019', 2019],
    ['20190212', 20190212],
    ['1367992474', 1367992474],
    ['1367992474.9', 1367992474],
    ['-5', -5],
    [1367992474, 1367992474],
    [1.9, 1],
    [-1.5, -2],
    [253402300799, 253402300799],
    [253402300800, kept],
    [-62135596800, -62135596800],
    [-62135596801, kept],
    ['99999999999999', kept],
    ['2019-02-30', kept],
    ['2023-02-29', kept],
    ['2019-13-01', kept],
    ['2019-00-01', kept],
    ['2019-02-00', kept],
    ['2019-02-12T24:00:00Z', kept],
    ['2019-02-12T08:60:00Z', kept],
    ['2019-02-12T08:13:60Z', kept],
    ['2019-02-12T08', kept],
    ['2019-02-12T08:13:35Z extra', kept],
    ['foo 2019-02-12', kept],
    ['foo', kept],
    [Number.NaN, kept],
    [Infinity, kept],
  ])('%p', (value, result) => {
    expect(convert('epoch_seconds', value)).toBe(result);
  });

  // arrow searches its formats within the text, so that it takes 1 January 2019 for these, and the like.
  it.each(['2019-2-1', '12/02/2019', '2019-W07-2', '2019-043', '2019-02-12garbage', '2019-02/12'])('does not guess from a part of %p', (text) => {
    expect(convert('epoch_seconds', text)).toBe(kept);
  });

  it('takes the seventh digit of a fraction of nines, at which arrow fails', () => {
    expect(convert('epoch_seconds', '2019-02-12T08:13:35.9999999Z')).toBe(1549959215);
  });
});

describe('ldap_timestamp', () => {
  it.each<[string | number, unknown]>([
    ['131947688150000000', 1550295215],
    [' 131947688150000000 ', 1550295215],
    [131947688150000000, 1550295215],
    ['116444736000000000', 0],
    ['0', -11644473600],
    ['2650467743990000000', 253402300799],
    ['2650467744000000000', 253402300799],
    ['9223372036854775807', 253402300799],
    ['20190101120000', -11642454590],
    ['20190101120000.0Z', kept],
    ['1.5', kept],
    ['never', kept],
  ])('%p', (value, result) => {
    expect(convert('ldap_timestamp', value)).toBe(result);
  });

  it('counts whole seconds, where the division of Python 3 rounds the last tick of one up', () => {
    expect(convert('ldap_timestamp', '131947688159999999')).toBe(1550295215);
    expect(convert('ldap_timestamp', '116444735999999999')).toBe(-1);
  });

  it('takes no times before 1601 and none that Active Directory cannot hold, which the connector makes a date of', () => {
    expect(convert('ldap_timestamp', '-1')).toBe(kept);
    expect(convert('ldap_timestamp', '999999999999999999999')).toBe(kept);
  });
});

describe('member_of, as memberOf', () => {
  const map = new Map<string, string | number>([['cn=it', 'IT'], ['cn=hr', 'HR'], ['cn=it-admins', 31]]);

  it.each<[Convertible, ConverterArguments, unknown]>([
    [['cn=hr', 'cn=it'], { map }, 'IT'],
    [['cn=hr'], { map }, 'HR'],
    [['cn=it-admins'], { map }, 31],
    [['CN=HR'], { map, default: 'Other' }, 'Other'],
    [['cn=sales'], { map }, null],
    [[], { map, default: 'Other' }, 'Other'],
    [[5], { map: new Map([['5', true]]) }, true],
    // The order is that of the file, for texts of digits too.
    [['42', 'IT'], { map: new Map([['IT', 'first'], ['42', 'second']]) }, 'first'],
    // One group alone comes as a text, and Python looks into it.
    ['cn=hr', { map }, 'HR'],
    ['cn=it-admins', { map }, 'IT'],
    ['cn=sales', { map, default: 25 }, 25],
    [null, { map, default: 'Other' }, null],
  ])('%p', (value, args, result) => {
    expect(convert('member_of', value, args)).toBe(result);
  });

  it.each([
    [['a'], false],
    [['a'], 0],
  ])('a result that counts as false is a result: %p', (value, result) => {
    expect(convert('member_of', value, { map: new Map([['a', result]]), default: 'x' })).toBe(result);
  });

  it('looks up nothing that every object has', () => {
    expect(convert('member_of', ['constructor', '__proto__', 'toString'], { map, default: 'none' })).toBe('none');
  });
});

describe('location', () => {
  const location = locationConverter([
    { location_id: 'ber-1', name: 'Berlin', code: 'BE', uid: 7 },
    { location_id: 'par-2', name: 'Paris', code: 'PA', uid: 8 },
    { location_id: 'rom-3', name: 'Rome', code: 'PA', uid: 9 },
    { location_id: null, name: 'Nowhere' },
    { location_id: 'x-4', name: null },
    { location_id: 'y-5' },
  ]);

  it('has an example that is true', () => {
    const { example } = location;
    expect(location.convert(example.input, example.args)).toBe(example.output);
  });

  it.each<[string, ConverterArguments, unknown]>([
    ['Berlin', {}, 'ber-1'],
    ['Paris', { field: 'uid' }, 8],
    ['BE', { label: 'code' }, 'ber-1'],
    ['BER-1', {}, 'ber-1'],
    ['x-4', {}, new InvalidValue('`location` finds no location with this `name`')],
    ['berlin', {}, new InvalidValue('`location` finds no location with this `name`')],
    ['Nowhere', {}, new InvalidValue('`location` finds no location with this `name`')],
    ['PA', { label: 'code' }, new InvalidValue('`location` finds several locations with this `code`')],
    ['', {}, null],
  ])('%p %p', (text, args, result) => {
    expect(location.convert(text, args)).toEqual(result);
    expect(location.convert(text, args)).toEqual(result);
  });
});
