/**
 * Reads an https address of a host, without path, query or user information.
 *
 * @returns the address, or what is wrong with it, as the end of the sentence "`name` is …"
 */
export function originIn(text: string): URL | string {
  const url = URL.parse(text);
  if (url === null) return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?\/?$/i.test(text) ? 'an address that lacks https:// before it' : 'no valid URL';
  const faults = [
    ...(url.protocol === 'https:' ? [] : [url.protocol === 'http:' ? 'is http, not https' : 'does not begin with https://']),
    ...(url.username + url.password === '' ? [] : ['held a user or password before the host']),
    ...(url.pathname === '/' ? [] : ['has a path']),
    ...(url.search === '' ? [] : ['had a query (`?`)']),
    ...(url.hash === '' ? [] : ['had a fragment (`#`)']),
  ];
  if (faults.length === 0) return url;
  // A mistyped address may hold a password or a token in its query, so only its harmless parts are shown.
  return `${shown(`${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}`)}, which ${faults.join(' and ')}`;
}

/** What an input was given, so that it can stand in a sentence. */
export function shown(given: string): string {
  return JSON.stringify(given.length > 100 ? `${given.slice(0, 100)}…` : given);
}
