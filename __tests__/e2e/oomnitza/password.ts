import { expect } from '@jest/globals';
import { addPeople } from '../support/people.ts';
import type { Scenario } from '../support/scenario.ts';

const named = { 'oomnitza-username': 'sync@contoso.com', 'oomnitza-password': 'Sesame & öpen!' };

export default {
  title: 'a user name and password sign in; tokens that end in mid-run are renewed, with the CSRF token of their own; every refusal says what to change',
  inputs: { mode: 'apply', 'oomnitza-api-token': '', ...named },
  writes: true,
  arrange: (sandbox) => {
    addPeople(sandbox, 8);
    const { instance } = sandbox;
    instance.passwordUsers.set('sync@contoso.com', { password: 'Sesame & öpen!', rights: ['read', 'write'] });
    instance.passwordUsers.set('sso@contoso.com', { password: undefined, rights: [] });
    Object.assign(instance.behaviour, { csrf: true, callsPerToken: 5 });
  },
  verify: async ({ sandbox: { instance, faults }, run, again }) => {
    expect(run.outputs).toMatchObject({ 'failure-reason': '', 'create-count': '8', 'fail-count': '0' });
    expect(instance.records.size).toBe(8);
    // One to read with, one to write with, and one in its place.
    expect(instance.issued.size).toBe(3);

    // Whoever refuses every token gets no third one.
    const endless = faults.add({ service: 'oomnitza', path: '/api/v2', times: Infinity, status: 401, body: { error: 'Suspended' } });
    const before = instance.issued.size;
    const suspended = await again({ label: 'no token is any good', givenUp: 'microsoft' });
    expect(suspended.outputs['failure-reason']).toBe('authentication');
    expect(instance.issued.size).toBe(before + 2);
    endless();

    const wrong = await again({ label: 'a wrong password', inputs: { 'oomnitza-password': 'guessed' } });
    expect(wrong.outputs['failure-reason']).toBe('authentication');
    for (const [singleSignOn, reason] of [[401, 'authentication'], [403, 'permission'], [302, 'target-unavailable']] as const) {
      instance.behaviour.singleSignOn = singleSignOn;
      const { outputs, annotations } = await again({ label: `single sign-on alone, ${singleSignOn}`, inputs: { 'oomnitza-username': 'sso@contoso.com' } });
      expect(outputs['failure-reason']).toBe(reason);
      expect(annotations[0]?.message).toContain('`oomnitza-api-token`');
    }

    const refused = [
      await again({ label: 'a token as well', inputs: { 'oomnitza-api-token': 'another-token' } }),
      await again({ label: 'no password', inputs: { 'oomnitza-password': '' } }),
      await again({ label: 'no user name', inputs: { 'oomnitza-username': '' } }),
      await again({ label: 'neither', inputs: { 'oomnitza-username': '', 'oomnitza-password': '' } }),
    ];
    for (const { outputs, requests } of refused) expect([outputs['failure-reason'], requests]).toEqual(['invalid-input', []]);
  },
} satisfies Scenario;
