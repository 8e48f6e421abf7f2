import { Agent, request } from 'node:https';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startSandbox, type Sandbox } from '../../sandbox/index.ts';
import { testCertificate, type TestCertificate } from '../support/client-certificate.ts';
import { Client } from './client.ts';

let sandbox: Sandbox;
let trusted: TestCertificate;
beforeAll(async () => {
  sandbox = await startSandbox({ people: 0, clientCertificate: true });
  trusted = await testCertificate();
  sandbox.clientCertificates.trust(trusted.certificate);
});
afterAll(async () => {
  await sandbox.close();
});

/** What Oomnitza answers to a connection with a certificate or without: status and body. */
async function answerTo(certificate?: TestCertificate): Promise<string> {
  const agent = new Agent({ ca: sandbox.ca, ...(certificate === undefined ? {} : { key: certificate.key, cert: certificate.certificate }) });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const outgoing = request(new URL('/api/v3/users', sandbox.urls.oomnitza), { agent }, (incoming) => {
    let text = String(incoming.statusCode);
    incoming.setEncoding('utf8').on('data', (chunk: string) => { text += ` ${chunk}`; }).on('end', () => { resolve(text); }).on('error', reject);
  });
  outgoing.on('error', reject).end();
  return await promise.finally(() => { agent.destroy(); });
}

test('only a connection with a certificate that is trusted reaches Oomnitza; the others get a page', async () => {
  expect(await answerTo(trusted)).toMatch(/^401 .*Authentication failed/);
  expect(await answerTo()).toMatch(/^400 <html>[^]*No required SSL certificate was sent/);
  expect(await answerTo(await testCertificate())).toMatch(/^400 <html>[^]*The SSL certificate error/);
});

test('or their connection is ended, where that is what the instance does', async () => {
  sandbox.clientCertificates.refusal = 'close';
  await expect(answerTo()).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(await answerTo(trusted)).toMatch(/^401 /);
});

test('no other service demands one', async () => {
  const client = new Client(sandbox);
  expect((await client.token()).status).toBe(200);
  client.close();
});
