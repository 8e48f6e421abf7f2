import { json, type ServiceAnswer } from '../http/exchange.ts';

/** What every answer of the API carries. */
export const HEADERS = { 'X-GitHub-Media-Type': 'github.v3; format=json', 'X-GitHub-Api-Version-Selected': '2022-11-28' };

export function notFound(route: string): ServiceAnswer {
  return gitHubError(route, 404, 'Not Found');
}

export function gitHubError(route: string, status: number, message: string): ServiceAnswer {
  return json(route, status, { message, documentation_url: 'https://docs.github.com/rest', status: String(status) }, HEADERS);
}
