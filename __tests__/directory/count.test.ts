import { expect, test } from '@jest/globals';
import { connectGraph, countUsers } from '../../src/directory/index.ts';
import { graphError } from '../support/graph.ts';
import { FakeHttp, inTurn, plain, type Handler } from '../support/http.ts';

async function count(handle: Handler, filter?: string): Promise<{ readonly number: number | undefined; readonly http: FakeHttp }> {
  const http = new FakeHttp(handle);
  const graph = connectGraph(new URL('https://graph.microsoft.com'), () => Promise.resolve('the-token'), http);
  return { number: await countUsers(graph, filter), http };
}

test('asks for a count in the advanced mode, which alone has one', async () => {
  const { number, http } = await count(inTurn(plain(200, '12345')), "userType eq 'Guest'");
  expect(number).toBe(12345);
  expect(http.requests[0]?.url.pathname).toBe('/v1.0/users/$count');
  expect(http.requests[0]?.url.searchParams.get('$filter')).toBe("userType eq 'Guest'");
  expect(http.requests[0]?.headers).toMatchObject({ ConsistencyLevel: 'eventual' });
});

test.each([['a refusal', graphError(400, 'Request_BadRequest')], ['something else', plain(200, '<html>')], ['nothing', plain(200, '')]])('takes %s for no count', async (_what, answer) => {
  expect((await count(inTurn(answer))).number).toBeUndefined();
});
