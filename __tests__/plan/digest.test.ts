import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { byCodePoint } from '../../src/field-value.ts';
import { digestOf } from '../../src/plan/digest.ts';
import { entry } from '../report/samples.ts';
import { buildPlan, rule, World } from './support.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

test('the digest is the SHA-256 of the sorted rows of everything that would be written', () => {
  const people = new World([rule('email'), rule('title')], ['email'])
    .user('ann', { email: 'a@example.com', title: 'CTO' })
    .user('bob', { email: 'b@example.com' })
    .user('cyd', {})
    .record('7', { email: 'a@example.com', title: 'CEO' });
  expect(buildPlan(people.input).digest).toBe(
    sha256('[["create","email=b@example.com","email",null,"b@example.com"],["update","7","title","CEO","CTO"]]'),
  );
});

test('a plan without changes has the digest of an empty list', () => {
  expect(buildPlan(new World([rule('email')], ['email']).input).digest).toBe(sha256('[]'));
});

test('it is the digest of all rows together, whatever their values and their order', () => {
  const text = fc.string({ unit: fc.constantFrom('"', '\\', 'a', 'b', ',', '\uFF5E', '\u{1F600}', '\ud800'), maxLength: 3 });
  const change = fc.record({ field: text, before: fc.option(text), after: fc.option(text) });
  const some = fc.record({ action: fc.constantFrom('create', 'update', 'suspend', 'skip'), oomnitzaId: fc.option(text), syncKey: fc.option(text), fields: fc.array(change, { maxLength: 3 }) });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 8 }), (given) => {
      const entries = given.map((one) => entry(one));
      const rows = given.flatMap(({ action, oomnitzaId, syncKey, fields }) => (action === 'skip' ? [] : fields.map(({ field, before, after }) => JSON.stringify([action, oomnitzaId ?? syncKey, field, before, after]))));
      expect(digestOf(entries)).toBe(sha256(`[${rows.sort(byCodePoint).join(',')}]`));
    }),
  );
});
