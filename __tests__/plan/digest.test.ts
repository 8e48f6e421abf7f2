import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
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
