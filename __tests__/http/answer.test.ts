import { describe, expect, test } from '@jest/globals';
import { get, httpDoing, json, post, type Step } from '../support/transport.ts';

const text = (body: string, type: string, code = 200): Step => () => new Response(body, { status: code, headers: { 'content-type': type } });

describe('the body', () => {
  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON', 'application/problem+json'])('is parsed where it is %s', async (type) => {
    const { http } = httpDoing([text('{"a":[1]}', type)]);
    expect(await http.send(get())).toMatchObject({ json: { a: [1] }, text: '{"a":[1]}' });
  });

  test('is left as text where it is something else', async () => {
    const { http } = httpDoing([text('<html>{}</html>', 'text/html')]);
    expect(await http.send(get())).toMatchObject({ json: undefined, text: '<html>{}</html>' });
  });

  test.each(['[{"a":1}]', ' {"a":1}'])('is parsed where it is JSON under the name of something else: %s', async (body) => {
    const { http } = httpDoing([text(body, 'text/html')]);
    expect((await http.send(get())).json).toEqual(JSON.parse(body));
  });

  test('is text where it only begins like JSON', async () => {
    const { http } = httpDoing([text('{not JSON}', 'text/html')]);
    expect(await http.send(get())).toMatchObject({ json: undefined, text: '{not JSON}' });
  });

  test('of success holds no secret where it may be quoted, and is whole where it is used', async () => {
    const redact = (words: string): string => words.replaceAll('secret', '***');
    const { http } = httpDoing([json({ name: 'secret' })], { redact });
    expect(await http.send({ ...post(), quotable: true })).toMatchObject({ json: { name: 'secret' }, text: '{"name":"***"}' });
    expect(await http.send(post())).toMatchObject({ text: '{"name":"secret"}' });
  });

  test('may be empty', async () => {
    const { http, sent } = httpDoing([text('', 'application/json')]);
    expect(await http.send(get())).toMatchObject({ status: 200, json: undefined, text: '' });
    expect(sent).toHaveLength(1);
  });

  test('comes with the headers of the answer', async () => {
    const { http } = httpDoing([() => new Response('[]', { headers: { 'X-Total-Count': '12' } })]);
    expect((await http.send(get())).headers.get('x-total-count')).toBe('12');
  });
});

describe('JSON that stops in the middle', () => {
  test('is read again', async () => {
    const { http, sent, retries } = httpDoing([text('{"value":[{"id"', 'application/json'), json({ value: [] })]);
    expect((await http.send(get())).json).toEqual({ value: [] });
    expect(sent).toHaveLength(2);
    expect(retries).toEqual([expect.stringContaining('api.example.com: the answer stopped in the middle')]);
  });

  test('is a failure in the end', async () => {
    const { http } = httpDoing([text('{"value":[{"id"', 'application/json')]);
    await expect(http.send(get())).rejects.toMatchObject({ kind: 'truncated', maybeSent: true });
  });

  test('is not asked for again where the request must not be carried out twice', async () => {
    const { http, sent } = httpDoing([text('{"user_id":', 'application/json', 201)]);
    await expect(http.send(post())).rejects.toMatchObject({ kind: 'truncated', maybeSent: true });
    expect(sent).toHaveLength(1);
  });

  test('does not matter in a refusal', async () => {
    const { http } = httpDoing([text('{"error":', 'application/json', 404)]);
    expect(await http.send(get())).toMatchObject({ status: 404, json: undefined, text: '{"error":' });
  });
});
