import { isRecord, json, type ServiceAnswer, type ServiceRequest } from '../http/exchange.ts';
import { OomnitzaError } from './errors.ts';
import type { OomnitzaInstance } from './instance.ts';

/** `POST /api/request_token`: a token for a user name and password, sent as a form. */
export function requestToken(instance: OomnitzaInstance, { content, headers }: ServiceRequest): ServiceAnswer {
  const route = '/api/request_token';
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') !== true || !isRecord(content)) throw new OomnitzaError(400, 'A form is expected.');
  const { login, password } = content;
  const user = typeof login === 'string' ? instance.passwordUsers.get(login) : undefined;
  if (user !== undefined && user.password === undefined) return signInElsewhere(route, instance.behaviour.singleSignOn);
  if (user?.password !== password || user === undefined) throw new OomnitzaError(401, 'Invalid username or password.');
  return json(route, 200, { token: instance.issueToken(user.rights) });
}

function signInElsewhere(route: string, how: 401 | 403 | 302): ServiceAnswer {
  if (how === 302) return { route, status: 302, headers: { Location: 'https://idp.example.com/sso?request=x' } };
  throw new OomnitzaError(how, 'Sign in through single sign-on.');
}
