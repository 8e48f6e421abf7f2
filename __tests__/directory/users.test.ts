import { describe, expect, test } from '@jest/globals';
import { answer, inTurn, plain, type Handler } from '../support/http.ts';
import { graphError, idsOf, linkTo, page, walk } from '../support/graph.ts';
import { toldInFull } from '../support/in-full.ts';

const position = { line: 7, column: 5 };

describe('the question', () => {
  test('selects what the sync file reads, and what is always needed, each once', async () => {
    const { pages, requests } = walk(inTurn(page([])), {
      properties: [{ name: 'mail', position }, { name: 'accountEnabled', position }, { name: 'extension_a_b', position }],
      filter: { text: "accountEnabled eq true and surname ne 'O''Neil'", position },
    });
    await idsOf({ pages });
    expect(Object.fromEntries(requests[0]?.url.searchParams ?? [])).toEqual({
      $select: 'id,userPrincipalName,accountEnabled,mail,extension_a_b',
      $top: '999',
      $filter: "accountEnabled eq true and surname ne 'O''Neil'",
    });
  });

  test('for what Graph may pass over in silence tells so where the token says nothing of permissions', async () => {
    const { pages, notices } = walk(inTurn(page([])), { properties: [{ name: 'customSecurityAttributes', position }] });
    await idsOf({ pages });
    expect(notices).toEqual([expect.stringContaining('`customSecurityAttributes` needs CustomSecAttributeAssignment.Read.All')]);
  });

  test.each([
    ["accountEnabled eq true and userType eq 'Member'", 1],
    ["USERTYPE EQ 'member' or userType eq null", 0],
    ["userType ne 'Guest'", 0],
  ])('that passes over users without a type tells so: %s', async (text, told) => {
    const { pages, notices } = walk(inTurn(page([])), { filter: { text, position } });
    await idsOf({ pages });
    expect(notices.filter((notice) => notice.includes('userType'))).toHaveLength(told);
  });

  test('for those who have one of several texts to begin with is asked in portions, and finds nobody twice', async () => {
    const having = Array.from({ length: 17 }, (_none, index) => ({ property: index === 0 ? 'employeeId' : 'mail', text: index === 0 ? "O'Neil" : `${index}@example.com` }));
    const { pages, requests } = walk(({ url }) => page(url.searchParams.get('$filter')?.includes('employeeId') === true ? ['1', '2'] : ['2', '3']), { having });
    expect(await idsOf({ pages })).toEqual([['1', '2', '3']]);
    const filters = requests.map(({ url }) => url.searchParams.get('$filter')?.split(' or ') ?? []);
    expect(filters.map(({ length }) => length)).toEqual([15, 2]);
    expect(filters.map(([first]) => first)).toEqual(["startsWith(employeeId,'O''Neil')", "startsWith(mail,'15@example.com')"]);
  });

  test('has no filter where the sync file has none', async () => {
    const { pages, requests } = walk(inTurn(page([])));
    await idsOf({ pages });
    expect(requests[0]?.url.searchParams.has('$filter')).toBe(false);
  });
});

describe('the walk', () => {
  test('goes from link to link to the end, exactly as Graph gives them', async () => {
    const { pages, requests } = walk(inTurn(page(['1', '2'], 'b'), page(['3'], 'c'), page(['4'])));
    expect(await idsOf({ pages })).toEqual([['1', '2'], ['3'], ['4']]);
    expect(requests.slice(1).map(({ url }) => url.href)).toEqual([linkTo('b'), linkTo('c')]);
  });

  test('ends once it has as many as are wanted, and asks for no more', async () => {
    const { pages, requests } = walk(inTurn(page([], 'a'), page(['1', '2'], 'b'), page(['3', '4'], 'c'), page(['5'])), { most: 3 });
    expect(await idsOf({ pages })).toEqual([[], ['1', '2'], ['3', '4']]);
    expect(requests[0]?.url.searchParams.get('$top')).toBe('3');
    expect(requests).toHaveLength(3);
  });

  test('goes on behind a page without users', async () => {
    expect(await idsOf(walk(inTurn(page(['1'], 'b'), page([], 'c'), page(['2']))))).toEqual([['1'], [], ['2']]);
  });

  test('may find nobody', async () => {
    expect(await idsOf(walk(inTurn(page([]))))).toEqual([[]]);
  });

  test('gives nobody twice, whether on one page or on two', async () => {
    expect(await idsOf(walk(inTurn(page(['1', '2', '1'], 'b'), page(['2', '3']))))).toEqual([['1', '2'], ['3']]);
  });

  test('gives the properties as Graph has them', async () => {
    const user = { id: '1', userPrincipalName: 'ada@example.com', businessPhones: ['1'], onPremisesExtensionAttributes: { extensionAttribute1: null } };
    const { pages } = walk(inTurn(answer(200, { value: [user] })));
    expect(await pages.next()).toMatchObject({ value: { users: [user], first: true } });
  });

  test('has asked for the next page before the first is used', async () => {
    const { pages, requests } = walk(inTurn(page(['1'], 'b'), page(['2'])));
    await pages.next();
    expect(requests).toHaveLength(2);
  });

  test('that is left early leaves no rejection behind', async () => {
    const { pages } = walk(inTurn(page(['1'], 'b'), graphError(403, 'Authorization_RequestDenied')));
    await pages.next();
    await pages.return(undefined);
    // Node tells of a rejection that nobody handles when a turn of its event loop is over; it fails this test then.
    await new Promise((resolve) => { setImmediate(() => { setImmediate(resolve); }); });
    expect(await pages.next()).toEqual({ done: true, value: undefined });
  });

  test.each([undefined, null])('ends where the link is %j', async (link) => {
    const { pages, requests } = walk(inTurn(answer(200, { value: [], '@odata.nextLink': link })));
    expect(await idsOf({ pages })).toEqual([[]]);
    expect(requests).toHaveLength(1);
  });
});

describe('a link that leads astray is never followed', () => {
  test.each([
    ['another host', 'https://graph.evil.example/v1.0/users?$skiptoken=b', 'graph.evil.example'],
    ['a host that begins alike', 'https://graph.microsoft.com.evil.example/x', 'graph.microsoft.com.evil.example'],
    ['another port', 'https://graph.microsoft.com:8443/v1.0/users', 'graph.microsoft.com:8443'],
    ['no encryption', 'http://graph.microsoft.com/v1.0/users', 'graph.microsoft.com'],
    ['no link', 'next', 'no valid link'],
    ['no text', 17, 'no valid link'],
  ])('%s', async (_name, link, named) => {
    const { pages, requests } = walk(inTurn(answer(200, { value: [{ id: '1' }], '@odata.nextLink': link })));
    await expect(toldInFull(idsOf({ pages }))).rejects.toMatchObject({ reason: 'directory-incomplete', message: expect.stringContaining(`(${named})`) });
    expect(requests).toHaveLength(1);
  });

  test.each([
    ['at once', inTurn(page(['1'], 'a'), page(['2'], 'a')), 2],
    ['after a while', inTurn(page(['1'], 'a'), page(['2'], 'b'), page(['3'], 'a')), 3],
  ])('back to a page that was read, %s', async (_name, handle: Handler, requested) => {
    const { pages, requests } = walk(handle);
    await expect(idsOf({ pages })).rejects.toMatchObject({ reason: 'directory-incomplete', message: expect.stringContaining('the same next page twice') });
    expect(requests).toHaveLength(requested);
  });
});

describe('a place that Graph lost', () => {
  const expired = graphError(400, 'Directory_ExpiredPageToken');

  test('makes the walk begin again, and what was given before is void', async () => {
    const told = walk(inTurn(page(['1', '2'], 'b'), expired, page(['2', '3'], 'b'), page(['4'])));
    expect(await idsOf(told)).toEqual([['2', '3'], ['4']]);
    expect(told.notices).toEqual([expect.stringContaining('Directory_ExpiredPageToken')]);
  });

  test('is forgiven three times', async () => {
    const told = walk(inTurn(page(['1'], 'b'), expired, page(['1'], 'b'), expired, page(['1'], 'b'), expired, page(['1'], 'b'), page(['2'])));
    expect(await idsOf(told)).toEqual([['1'], ['2']]);
    expect(told.notices).toHaveLength(3);
  });

  test('is not forgiven for ever', async () => {
    const { pages, requests } = walk(({ url }) => (url.searchParams.has('$skiptoken') ? expired : page(['1'], 'b')));
    await expect(idsOf({ pages })).rejects.toMatchObject({ reason: 'directory-incomplete', hint: expect.stringContaining('`source.filter`') });
    expect(requests).toHaveLength(8);
  });
});

describe('an answer that is no list of users', () => {
  test.each([
    [401, graphError(401, 'InvalidAuthenticationToken'), 'authentication', '`graph-scope`'],
    [403, graphError(403, 'Authorization_RequestDenied', 'Insufficient privileges.'), 'permission', 'User.Read.All'],
    [404, graphError(404, 'ResourceNotFound'), 'directory-incomplete', ''],
    [400, graphError(400, 'Request_BadRequest'), 'directory-incomplete', ''],
    [410, graphError(410, 'Gone'), 'directory-incomplete', ''],
    [500, graphError(500, 'InternalServerError'), 'directory-incomplete', 'request id'],
    [501, graphError(501, 'NotImplemented'), 'directory-incomplete', ''],
    [302, plain(302, '', { location: 'https://elsewhere.example/' }), 'directory-incomplete', ''],
    [502, plain(502, '<html>Bad Gateway</html>'), 'directory-incomplete', ''],
  ])('fails the walk on the first page and on the next (%i)', async (status, given, reason, hint) => {
    const failure = { reason, message: expect.stringContaining(`reading users: ${status}`), hint: expect.stringContaining(hint) };
    await expect(idsOf(walk(inTurn(given)))).rejects.toMatchObject(failure);
    await expect(idsOf(walk(inTurn(page(['1'], 'b'), given)))).rejects.toMatchObject(failure);
  });

  test('is told with code, words and request id', async () => {
    await expect(toldInFull(idsOf(walk(inTurn(graphError(403, 'Authorization_RequestDenied', 'Insufficient privileges.')))))).rejects.toThrow(
      'Microsoft Graph refused reading users: 403 Authorization_RequestDenied: Insufficient privileges. (request id aaaa-1)',
    );
  });

  test('is told with the request id of its headers where the body has none', async () => {
    await expect(idsOf(walk(inTurn(plain(500, '<html>', { 'request-id': 'bbbb-2' }))))).rejects.toThrow('Microsoft Graph failed while reading users: 500 (request id bbbb-2)');
  });

  test.each([
    ['HTML', plain(200, '<html>Please log in</html>')],
    ['nothing', plain(200, '')],
    ['null', answer(200, null)],
    ['a list', answer(200, [{ id: '1' }])],
    ['no value', answer(200, { error: {} })],
    ['a value that is no list', answer(200, { value: { id: '1' } })],
    ['something that is no user', answer(200, { value: [{ id: '1' }, 'ada'] })],
    ['nobody', answer(200, { value: [null] })],
    ['a user without an id', answer(200, { value: [{ userPrincipalName: 'ada@example.com' }] })],
    ['a user with an empty id', answer(200, { value: [{ id: '' }] })],
    ['a user with a number for an id', answer(200, { value: [{ id: 1 }] })],
  ])('fails the walk though its status is 200: %s', async (_name, given) => {
    await expect(idsOf(walk(inTurn(given)))).rejects.toMatchObject({ reason: 'directory-incomplete', message: expect.stringContaining('no page of users') });
    await expect(idsOf(walk(inTurn(page(['1'], 'b'), given)))).rejects.toMatchObject({ reason: 'directory-incomplete' });
  });
});

describe('a question that Graph does not understand', () => {
  const query = {
    properties: [{ name: 'mail', position: { line: 3, column: 9 } }, { name: 'costCentre', position: { line: 4, column: 12 } }],
    filter: { text: 'mail eq', position },
  };

  test('is a problem at the property that it names', async () => {
    const words = "Parsing OData Select and Expand failed: Could not find a property named 'costCentre' on type 'microsoft.graph.user'.";
    await expect(toldInFull(idsOf(walk(inTurn(graphError(400, 'Request_BadRequest', words)), query)))).rejects.toMatchObject({
      reason: 'invalid-sync-file',
      message: `Microsoft Graph knows no property \`costCentre\` of users: ${words}`,
      problems: [{ position: { line: 4, column: 12 }, message: expect.stringContaining('`costCentre`'), hint: expect.any(String) }],
    });
  });

  test('is else a problem of the filter', async () => {
    await expect(toldInFull(idsOf(walk(inTurn(graphError(400, 'Request_UnsupportedQuery', 'Invalid filter clause.')), query)))).rejects.toMatchObject({
      reason: 'invalid-sync-file',
      message: 'Microsoft Graph refused `source.filter`: Invalid filter clause.',
      problems: [{ position }],
    });
  });

  test('is none of the sync file once the first page has come', async () => {
    const later = graphError(400, 'Request_BadRequest', 'The specified page token value is invalid.');
    await expect(idsOf(walk(inTurn(page(['1'], 'b'), later), query))).rejects.toMatchObject({
      reason: 'directory-incomplete',
      message: expect.stringContaining('The specified page token value is invalid.'),
      problems: [],
    });
  });

  test('is a failure of Graph where the sync file asks for nothing', async () => {
    await expect(idsOf(walk(inTurn(graphError(400, 'Request_BadRequest'))))).rejects.toMatchObject({ reason: 'directory-incomplete' });
  });
});
