import { expect, test } from '@jest/globals';
import { Secrets } from '../src/secrets.ts';

const token = 'p@ss word"/+1';

test('a secret is hidden in every form in which a server may quote it', () => {
  const secrets = new Secrets();
  secrets.add(token);
  const forms = [token, encodeURIComponent(token), Buffer.from(token).toString('base64'), JSON.stringify({ token })];
  for (const form of forms) expect(secrets.redact(`denied: ${form}!`)).toMatch(/^denied: (?:\{"token":")?\*\*\*(?:"\})?!$/);
});

test('a text without a secret stays as it is, and so do words as short as an ill-chosen secret', () => {
  const secrets = new Secrets();
  secrets.add('a');
  secrets.add(token);
  expect(secrets.redact('Banana: 403 Forbidden')).toBe('Banana: 403 Forbidden');
});
