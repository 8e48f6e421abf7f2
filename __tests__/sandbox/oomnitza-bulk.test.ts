import { beforeEach, expect, test } from '@jest/globals';
import { nearInstance, type NearInstance } from '../support/in-process.ts';

let near: NearInstance;
beforeEach(() => {
  near = nearInstance();
});

const portion = '11111111-2222-4333-8444-555555555555';
const good = { connector_name: 'Azureusers', connector_version: '1', sync_field: ['EMAIL'], records: [], portion, data_type: 'users', insert_only: false, update_only: false, error: null, test_run: false };

async function post(path: string, body: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { status, json } = await near.oomnitza.call({ method: 'POST', path, body, doing: 'testing' });
  return [status, json];
}

async function get(path: string): Promise<unknown> {
  return (await near.oomnitza.call({ method: 'GET', path, doing: 'testing' })).json;
}

test.each([
  { connector_name: '' },
  { connector_version: 1 },
  { sync_field: [] },
  { records: Array.from({ length: 101 }, () => ({})) },
  { portion: 'p' },
  { data_type: 'assets' },
  { insert_only: true, update_only: true },
  { error: '' },
  { test_run: true },
])('a call with %j is refused', async (wrong) => {
  expect(await post('/api/v3/bulk', { ...good, ...wrong })).toMatchObject([400, { errors: [expect.stringMatching(/not valid/)] }]);
});

test('records are processed when the portion is finalized, and only the run log tells what became of them', async () => {
  near.instance.addRecord({ email: 'old@x.y', username: 'old', address: 'Kept' });
  const records = [{ EMAIL: 'new@x.y', USER: 'new', PERMISSIONS_ID: 25 }, { EMAIL: 'OLD@x.y', POSITION: 'Lead' }, { EMAIL: 'other@x.y', NONSENSE: 1 }];
  expect(await post('/api/v3/bulk', { ...good, records })).toEqual([200, {}]);
  const log = '/api/v3/connector_run_logs/connectors/7001';
  expect(await get(log)).toMatchObject({ objects: { processing: 3 } });
  expect(await post(`/api/v3/bulk/${portion}/finalize`, {})).toEqual([200, {}]);
  expect(await post('/api/v3/bulk', { ...good, records })).toMatchObject([400, {}]);
  expect(await get(log)).toMatchObject({ objects: { processing: 3 } });
  expect(await get(log)).toMatchObject({ objects: { processing: 0, added: 1, updated: 1, failed: 1 }, logs: { failed: [expect.stringMatching(/Unknown field 'NONSENSE'/)] } });
  expect(near.instance.find(({ username }) => username === 'old')).toMatchObject({ email: 'OLD@x.y', position: 'Lead', address: 'Kept' });
  expect(await get('/api/v3/connector_run_logs/connector_azureusers')).toMatchObject([{ portion_id: '7001', portion_correlation_id: portion, added_records_count: 1 }]);
});

test('what a cancelled portion held is not processed', async () => {
  await post('/api/v3/bulk', { ...good, records: [{ EMAIL: 'new@x.y', USER: 'new', PERMISSIONS_ID: 25 }] });
  for (const each of near.instance.portions.values()) each.canceled = true;
  expect(await get(`/api/v3/bulk/${portion}`)).toEqual({ canceled: true });
  expect(await get('/api/v3/connector_run_logs/connectors/7001')).toMatchObject({ objects: { processing: 0, canceled: 1 } });
  expect(near.instance.records.size).toBe(0);
});
