import { expect } from '@jest/globals';
import { csvRowsOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';
import { bodiesOf } from '../support/writes.ts';

const syncFile = `version: 1
sync-keys: [email]
preset: none
scope: location(trim(user.officeLocation)) != "PAR-1"
fields:
  username: userPrincipalName
  email: mail
  office: { source: officeLocation, convert: [trim, location] }
  cost_center: { expression: 'location(user.city, "country", "code")' }
  address: { value: Berlin, convert: location, apply: on-create }
`;

export default {
  title: 'locations are found by name or id in the instance, before anybody is mapped',
  inputs: { mode: 'apply' },
  syncFile,
  writes: true,
  world: { oomnitzaPageLimit: 2 },
  arrange: ({ tenant, instance }) => {
    const [berlin, paris] = instance.locations.splice(0);
    instance.locations.push({ ...berlin, code: 'B', country: 'DE' }, { ...paris, code: 'P', country: 'FR' }, { location_id: 'VIE-1', name: 'Vienna', code: 'W', country: 'AT' });
    tenant.addUser({ displayName: 'Ada Berlin', officeLocation: ' Berlin ', city: 'B' });
    tenant.addUser({ displayName: 'Bea Vienna', officeLocation: 'vie-1', city: 'W' });
    tenant.addUser({ displayName: 'Cleo Nowhere', officeLocation: 'Vienna', city: 'Atlantis' });
    tenant.addUser({ displayName: 'Dora Paris', officeLocation: 'Paris', city: 'P' });
  },
  verify: async ({ run, again }) => {
    const office = (name: string, location: string): object => ({ username: `${name}@contoso.com`, email: `${name}@contoso.com`, office: location, address: 'BER-1', position: 'Employee', role: 25 });
    expect(bodiesOf(run, 'POST')).toEqual([{ ...office('ada.berlin', 'BER-1'), cost_center: 'DE' }, { ...office('bea.vienna', 'VIE-1'), cost_center: 'AT' }, office('cleo.nowhere', 'VIE-1')]);
    const skips = csvRowsOf(run).filter(({ action }) => action === 'skip');
    expect(skips.map(({ user_principal_name: name, reason, field }) => [name, reason, field])).toEqual([['cleo.nowhere@contoso.com', 'invalid-value', 'cost_center']]);
    expect(skips[0]?.['message']).toContain('`location` finds no location with this `code`');
    const wrong = syncFile.replace('value: Berlin', 'value: Rome').replace('"code")', '"code", "x")');
    await again({ label: 'checked offline', syncFile: wrong, inputs: { 'oomnitza-api-token': '', 'oomnitza-url': '', mode: 'validate' }, writes: false });
    await again({ label: 'checked online', syncFile: syncFile.replace('value: Berlin', 'value: Rome'), inputs: { mode: 'validate' }, writes: false });
  },
} satisfies Scenario;
