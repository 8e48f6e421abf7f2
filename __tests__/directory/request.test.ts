import { describe, expect, test } from '@jest/globals';
import { connectGraph } from '../../src/directory/index.ts';
import { SyncError } from '../../src/errors.ts';
import { HttpFailure } from '../../src/http/index.ts';
import { answer, FakeHttp, inTurn, type Handler } from '../support/http.ts';

const users = { path: '/users', parameters: { $top: '999' } };

function connect(handle: Handler, url = 'https://graph.microsoft.com', token = (): Promise<string> => Promise.resolve('the-token')): [ReturnType<typeof connectGraph>, FakeHttp] {
  const http = new FakeHttp(handle);
  return [connectGraph(new URL(url), token, http), http];
}

describe('a request', () => {
  test('carries the token, an id of its own, and asks for JSON', async () => {
    const [graph, { requests }] = connect(inTurn(answer(200, {})));
    await graph.get(users);
    await graph.get(users);
    expect(requests[0]).toMatchObject({ method: 'GET', repeatable: true, headers: { authorization: 'Bearer the-token', accept: 'application/json' } });
    const ids = requests.map(({ headers }) => headers['client-request-id']);
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('goes to version 1.0 of the domain that was given', async () => {
    const [graph, { requests }] = connect(inTurn(answer(200, {})), 'https://dod-graph.microsoft.us');
    await graph.get(users);
    expect(requests[0]?.url.href).toBe('https://dod-graph.microsoft.us/v1.0/users?$top=999');
    expect(graph.origin).toBe('https://dod-graph.microsoft.us');
  });

  // The client library rebuilds URLs by cutting them at `&`, `=`, `?` and `https://`.
  test.each(["startswith(displayName,'O''Neil & Söhne')", "x eq 'https://a.example/?b=c&d=e#f'", "mail eq 'a+b@example.com'", "x eq '100%25 / 漢字'"])(
    'brings the filter %s through unharmed',
    async (filter) => {
      const [graph, { requests }] = connect(inTurn(answer(200, {})));
      await graph.get({ path: '/users', parameters: { $select: 'id,mail', $filter: filter, $top: '5' } });
      expect([...(requests[0]?.url.searchParams ?? [])]).toEqual([['$select', 'id,mail'], ['$filter', filter], ['$top', '5']]);
    },
  );

  test('carries headers of its own', async () => {
    const [graph, { requests }] = connect(inTurn(answer(200, {})));
    await graph.get({ ...users, headers: { ConsistencyLevel: 'eventual' } });
    expect(requests[0]?.headers).toMatchObject({ ConsistencyLevel: 'eventual', authorization: 'Bearer the-token' });
  });

  test('for a link goes exactly there', async () => {
    const [graph, { requests }] = connect(inTurn(answer(200, {})));
    const link = new URL("https://graph.microsoft.com/v1.0/users?$filter=x%20eq%20'https://a/'&$skiptoken=a%2Bb=&x");
    await graph.get({ link });
    expect(requests[0]?.url.href).toBe(link.href);
  });
});

describe('an answer', () => {
  test.each([200, 204, 302, 400, 401, 404, 500])('comes back whatever its status (%i)', async (status) => {
    const given = answer(status, { some: 'thing' });
    const [graph] = connect(inTurn(given));
    expect(await graph.get(users)).toBe(given);
  });

  test('that never came is a directory that was not read, with where to look', async () => {
    const [graph] = connect(() => Promise.reject(new HttpFailure('timeout', 'graph.microsoft.com', true, 'no answer within 60 s')));
    await expect(graph.get(users)).rejects.toMatchObject({
      reason: 'directory-incomplete',
      message: 'Microsoft Graph could not be reached. graph.microsoft.com: no answer within 60 s.',
      hint: expect.stringContaining('`graph-url`'),
    });
  });

  test('that cannot be trusted names the certificate store', async () => {
    const [graph] = connect(() => Promise.reject(new HttpFailure('certificate', 'graph.microsoft.com', false, 'its certificate is not trusted (X)')));
    await expect(graph.get(users)).rejects.toMatchObject({ reason: 'directory-incomplete', hint: expect.stringContaining('NODE_EXTRA_CA_CERTS') });
  });
});

test('what the sign-in throws comes out as it is, and nothing is sent', async () => {
  const refusal = new SyncError('authentication', 'no');
  const [graph, { requests }] = connect(inTurn(answer(200, {})), 'https://graph.microsoft.com', () => Promise.reject(refusal));
  await expect(graph.get(users)).rejects.toBe(refusal);
  expect(requests).toEqual([]);
});

test('the end of the run comes out as it is', async () => {
  const reason = new SyncError('cancelled', 'The run was cancelled.');
  const [graph] = connect(() => Promise.reject(reason));
  await expect(graph.get(users)).rejects.toBe(reason);
});
