import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import { makeCertificate } from '../../sandbox/http/certificate.ts';
import '../support/one-realm.ts';
import { broken, get, httpDoing, json, post, watchedHttp } from '../support/transport.ts';
import { portOf } from '../support/loopback.ts';

let server: Server;
beforeAll(async () => {
  const { key, certificate } = await makeCertificate();
  server = createServer({ key, cert: certificate }, (_request, response) => response.end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
});

test('a certificate that nobody vouches for is told at once, without another attempt', async () => {
  const { http, waits } = watchedHttp();
  await expect(http.send(get(`https://127.0.0.1:${portOf(server)}/`))).rejects.toMatchObject({
    kind: 'certificate',
    maybeSent: false,
    message: expect.stringMatching(/^127\.0\.0\.1:\d+: its certificate is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)$/),
  });
  expect(waits).toEqual([]);
});

test.each([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
])('%s is a certificate that is not trusted', async (code) => {
  const { http, sent } = httpDoing([broken(code), json({})]);
  await expect(http.send(post())).rejects.toMatchObject({ kind: 'certificate', maybeSent: false });
  expect(sent).toHaveLength(1);
});

test('the certificate of another host is told as that', async () => {
  const { http, sent } = httpDoing([broken('ERR_TLS_CERT_ALTNAME_INVALID'), json({})]);
  await expect(http.send(post())).rejects.toMatchObject({ kind: 'other-host', maybeSent: false, message: 'api.example.com: its certificate is that of another host' });
  expect(sent).toHaveLength(1);
});

test.each(['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED'])(
  '%s is a server that wants another client certificate',
  async (code) => {
    const { http, sent } = httpDoing([broken(code), json({})]);
    await expect(http.send(post())).rejects.toMatchObject({ kind: 'client-certificate', maybeSent: false });
    expect(sent).toHaveLength(1);
  },
);

test('a handshake that takes too long is a passing fault', async () => {
  const { http } = httpDoing([broken('ERR_TLS_HANDSHAKE_TIMEOUT'), json({})]);
  expect((await http.send(get())).status).toBe(200);
});
