import { expect, test } from '@jest/globals';
import { maskable, Secrets } from '../src/secrets.ts';

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

test('a secret is hidden as well where a web page quotes it', () => {
  const secrets = new Secrets();
  secrets.add(`a&b<c>"d'e`);
  for (const form of ['a&amp;b&lt;c&gt;"d\'e', 'a&amp;b&lt;c&gt;&quot;d\'e', 'a&amp;b&lt;c&gt;&quot;d&#39;e', 'a&amp;b&lt;c&gt;&quot;d&#x27;e', 'a&amp;b&lt;c&gt;&#34;d&#39;e']) expect(secrets.redact(`<p>${form}</p>`)).toBe('<p>***</p>');
});

const body = ['MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7', 'VJTUt9Us8cKjMzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDu', 'ZQ=='] as const;
const pem = ['-----BEGIN PRIVATE KEY-----', ...body, '-----END PRIVATE KEY-----'].join('\n');

test.each(['\n', '\r\n'])('a secret of several lines is hidden line by line, and in every form on one line (%j)', (lineEnd) => {
  const text = pem.replaceAll('\n', lineEnd);
  const secrets = new Secrets();
  secrets.add(text);
  for (const quoted of [text, text.trim(), body[0], body[1], body.join(''), JSON.stringify({ text }), Buffer.from(text).toString('base64'), encodeURIComponent(text)]) {
    const shown = secrets.redact(`key ${quoted}!`);
    for (const secret of [body[0], body[1], body[0].slice(8, 40)]) expect(shown).not.toContain(secret);
    expect(shown).toContain('***');
  }
  expect(secrets.redact('-----BEGIN PRIVATE KEY----- and ZQ==')).toBe('-----BEGIN PRIVATE KEY----- and ZQ==');
});

test('the runner is told of no line that stands in harmless text, and of nothing over several lines', () => {
  const forms = maskable(`{\n${pem}\n}`);
  expect(forms).toEqual(expect.arrayContaining([body[0], body[1], body.join('')]));
  expect(forms.filter((form) => /\n/.test(form) || form.length < 16 || /^-----[^-]+-----$/.test(form))).toEqual([]);
});

test.each(['a', token])('the runner is told of a secret on one line as it is: %s', (secret) => {
  expect(maskable(secret)).toEqual([secret]);
});
