import { expect } from '@jest/globals';
import { CREDENTIALS } from '../../../sandbox/index.ts';
import { testCertificate } from '../../support/client-certificate.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'a certificate signs in, also with an encrypted key; one that is wrong is told before Microsoft is asked, one that is not uploaded by Microsoft',
  world: { people: 3 },
  inputs: { mode: 'plan', 'client-secret': '' },
  arrange: async ({ tenant }) => {
    const certificate = await testCertificate();
    tenant.app(CREDENTIALS.clientId).certificates.push(certificate.x509);
    return { inputs: { 'client-certificate': certificate.encrypted('open sesame'), 'client-certificate-password': 'open sesame' } };
  },
  verify: async ({ run, again }) => {
    expect(run.outputs).toMatchObject({ 'failure-reason': '', 'directory-count': '3' });

    const other = await testCertificate();
    const plain = { 'client-certificate-password': '' };
    const unknown = await again({ label: 'not uploaded', givenUp: 'oomnitza', inputs: { ...plain, 'client-certificate': other.pem } });
    expect(unknown.outputs['failure-reason']).toBe('authentication');

    const wrong = [
      await again({ label: 'a wrong password', inputs: { 'client-certificate-password': 'open barley' } }),
      await again({ label: 'no password', inputs: plain }),
      await again({ label: 'no key', inputs: { ...plain, 'client-certificate': other.certificate } }),
      await again({ label: 'no certificate', inputs: { ...plain, 'client-certificate': other.key } }),
      await again({ label: 'cut off', inputs: { ...plain, 'client-certificate': other.pem.slice(0, 300) } }),
      await again({ label: 'a secret as well', inputs: { ...plain, 'client-certificate': other.pem, 'client-secret': CREDENTIALS.clientSecret } }),
      await again({ label: 'a password for nothing', inputs: { 'client-certificate': '' } }),
    ];
    for (const { outputs, annotations, requests } of wrong) {
      expect(outputs['failure-reason']).toBe('invalid-input');
      expect(annotations[0]?.message).toContain('`client-certificate');
      expect(requests).toEqual([]);
    }
  },
} satisfies Scenario;
