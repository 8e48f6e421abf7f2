import { expect } from '@jest/globals';
import { CREDENTIALS } from '../../../sandbox/index.ts';
import { csvRowsOf } from '../support/report-files.ts';
import type { Scenario } from '../support/scenario.ts';
import { writesOf } from '../support/writes.ts';

export default {
  title: 'the server’s words are found in whatever shape it puts them, and a page of HTML is none, nor a success',
  inputs: { mode: 'apply' },
  writes: true,
  syncFile: 'version: 1\nsync-keys: [email]\ndefaults: { role: 99 }\n',
  arrange: ({ tenant, instance }) => {
    instance.behaviour.metadata = false;
    tenant.addUser({ displayName: 'Ada Byron' });
  },
  verify: async ({ sandbox: { instance, faults }, run, again }) => {
    expect(csvRowsOf(run)[0]?.['message']).toBe('Oomnitza answered 400: Field \'role\' has no option 99.');
    for (const errors of ['objects', 'error', 'message', 'text'] as const) {
      instance.behaviour.errors = errors;
      const next = await again({ label: errors, writes: true });
      expect(csvRowsOf(next)[0]?.['message']).toBe('Oomnitza answered 400: Field \'role\' has no option 99.');
    }
    faults.add({ service: 'oomnitza', method: 'POST', status: 413, body: '<html>Too large</html>' });
    const page = await again({ label: 'a page of HTML', writes: true });
    expect(csvRowsOf(page)[0]).toMatchObject({ status: 'failed', message: 'Oomnitza answered 413 with a web page while writing a change' });

    const quoting = { errors: [`The token ${CREDENTIALS.apiToken} may not do this.`] };
    faults.add({ service: 'oomnitza', method: 'POST', status: 200, body: quoting });
    const failure = await again({ label: 'a success that is none, and quotes the token', writes: true });
    expect([csvRowsOf(failure)[0]?.['message'], instance.records.size]).toEqual(['Oomnitza answered 200, but not with the record: The token *** may not do this.', 0]);

    faults.add({ service: 'oomnitza', method: 'POST', status: 200, body: '<html>Sign in</html>' });
    faults.add({ service: 'oomnitza', method: 'POST', status: 200, body: '<html>Sign in</html>', commit: true });
    const success = await again({ label: 'a page of HTML that says that all is well, twice', writes: true, syncFile: 'version: 1\nsync-keys: [email]\n' });
    expect([success.exitCode, instance.records.size]).toEqual([0, 1]);
    expect(writesOf(success)).toHaveLength(2);
  },
} satisfies Scenario;
