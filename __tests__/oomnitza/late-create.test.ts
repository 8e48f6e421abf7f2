import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { HttpFailure, type HttpAnswer } from '../../src/http/index.ts';
import { createWriter } from '../../src/oomnitza/index.ts';
import { plain } from '../support/http.ts';
import { nearInstance } from '../support/in-process.ts';
import { creation } from '../support/oomnitza.ts';

const faults: Readonly<Record<string, () => HttpAnswer | HttpFailure>> = {
  timeout: () => new HttpFailure('timeout', 'h', true, 'no answer within 60 s'),
  network: () => new HttpFailure('network', 'h', true, 'closed the connection'),
  'bad gateway': () => plain(502, '<html>'),
  'gateway time-out': () => plain(504, ''),
  'no body': () => plain(204, ''),
};

/** How an instance stores an email. */
const forms: Readonly<Record<string, (value: string) => string>> = {
  'as sent': (value) => value,
  'in small letters': (value) => value.toLowerCase(),
  trimmed: (value) => value.trim(),
  'trimmed, in small letters': (value) => value.trim().toLowerCase(),
};

test('a create that takes effect late, under whatever spelling of its key, makes nobody twice', async () => {
  const given = fc.record({
    fault: fc.constantFrom(...Object.keys(faults)),
    form: fc.constantFrom(...Object.keys(forms)),
    email: fc.constantFrom('ada@x.y', 'Ada.Byron@X.y', ' Ada@x.y'),
    /** So many further calls are answered before it takes effect. */
    late: fc.nat(4),
    isUnique: fc.boolean(),
    caseSensitiveFilters: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(given, async ({ fault, form, email, late, isUnique, caseSensitiveFilters }) => {
      let effect: (() => unknown) | undefined;
      let left = late;
      const near = nearInstance((request, serve) => {
        if (request.method === 'POST' && effect === undefined) {
          effect = serve;
          const met = faults[fault]?.() ?? plain(500, '');
          if (left === 0) effect();
          return met instanceof HttpFailure ? Promise.reject(met) : met;
        }
        const served = serve();
        left -= 1;
        if (left === 0) effect?.();
        return served;
      });
      near.instance.behaviour.caseSensitiveFilters = caseSensitiveFilters;
      for (const name of ['email', 'username']) near.instance.field(name).unique = isUnique;
      near.instance.field('email').stores = (value) => (typeof value === 'string' ? (forms[form]?.(value) ?? value) : value);
      const outcome = await createWriter(near.oomnitza, ['email']).write(creation({ email, username: 'ada', role: 25 }));
      expect([...near.instance.records.values()].map(({ username }) => username)).toEqual(['ada']);
      expect(outcome).toMatchObject({ ok: true });
    }),
    { numRuns: 200 },
  );
});
