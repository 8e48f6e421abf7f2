import { describe, expect, it } from '@jest/globals';
import { convertedConverter } from '../../src/config-ini/vendor-converter.ts';

describe('the converter location', () => {
  it.each([
    ['location', 'location'],
    ['location:field=uid|label=city', { location: { field: 'uid', label: 'city' } }],
    ['location:field|colour=red', 'location'],
  ])('%s', (written, convert) => {
    expect(convertedConverter(written, new Set())).toEqual({ kind: 'convert', convert });
  });
});
