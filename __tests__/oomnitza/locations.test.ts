import { expect, test } from '@jest/globals';
import { readLocations } from '../../src/oomnitza/index.ts';
import { answer, inTurn, plain, type Handler } from '../support/http.ts';
import { instance } from '../support/oomnitza.ts';

const [berlin, paris, rome] = [{ location_id: 'BER-1', name: 'Berlin', tags: ['a', 'b'] }, { location_id: 'PAR-1' }, { location_id: 'ROM-1', address: { city: 'Rome' } }];
const all = [
  { location_id: 'BER-1', name: 'Berlin', tags: 'a, b' },
  { location_id: 'PAR-1' },
  { location_id: 'ROM-1', address: '{"city":"Rome"}' },
];

test.each<[string, Handler, number]>([
  ['in pages with a total', inTurn(answer(200, [berlin, paris], { 'x-total-count': '3' }), answer(200, [rome], { 'x-total-count': '3' })), 2],
  ['in pages without a total', inTurn(answer(200, [berlin, paris]), answer(200, [rome]), answer(200, [])), 3],
  ['all at once, whatever page is asked for', () => answer(200, [berlin, paris, rome]), 2],
])('locations are read that come %s', async (_name, handle, requests) => {
  const { oomnitza, http } = instance(handle);
  expect(await readLocations(oomnitza)).toEqual(all);
  expect(http.requests.map(({ url }) => url.pathname)).toEqual(Array.from({ length: requests }, () => '/api/v3/locations'));
});

test('an instance may have none', async () => {
  expect(await readLocations(instance(() => answer(200, [])).oomnitza)).toEqual([]);
});

test('a list of locations that never ends is not followed for ever', async () => {
  let page = 0;
  const endless: Handler = () => answer(200, Array.from({ length: 50_000 }, (_each, index) => ({ location_id: `${page}-${index}` })).concat([{ location_id: `${page++}` }]));
  await expect(readLocations(instance(endless).oomnitza)).rejects.toMatchObject({ reason: 'target-unavailable', message: expect.stringContaining('has no end') });
});

test.each([
  [answer(200, {}), { reason: 'target-unavailable', message: expect.stringContaining('no list of locations') }],
  [plain(404, ''), { reason: 'target-unavailable', message: 'This Oomnitza instance has no list of locations (404).', hint: expect.stringContaining('converter `location`') }],
  [answer(403, {}), { reason: 'permission', hint: expect.stringContaining('see locations') }],
])('what is no list of locations fails the run (%#)', async (given, failure) => {
  await expect(readLocations(instance(() => given).oomnitza)).rejects.toMatchObject(failure);
});
