import { SyncError } from '../errors.ts';
import type { HttpAnswer } from '../http/index.ts';
import { reserve } from '../reserved.ts';

/** Sentences by which web servers (nginx, Apache, IIS and those before them) ask for a client certificate. */
const asksForCertificate = /no required ssl certificate|ssl certificate error|client certificate/i;

export const clientCertificateHint =
  'Pass the private key and the certificate that the instance expects as `oomnitza-client-certificate`. Where it is given, ask the administrator of the instance whether this certificate is still trusted.';

/**
 * What an answer means that no API gives, but a web server, a login page or another site; `undefined` where the API
 * itself may have answered.
 *
 * @param doing what was asked, as in "reading people"
 */
export function strangerIn(answer: HttpAnswer, doing: string): SyncError | undefined {
  const page = isWebPage(answer);
  if (page && answer.status >= 400 && answer.status < 500 && asksForCertificate.test(answer.text)) {
    return new SyncError('authentication', `Oomnitza asks for a client certificate that it trusts: ${answer.status} while ${doing}.`, { hint: clientCertificateHint });
  }
  if (answer.status >= 300 && answer.status <= 399) {
    const whereTo = URL.parse(answer.headers.get('location') ?? '')?.host;
    return new SyncError('target-unavailable', `Oomnitza answered ${answer.status} with a redirect to ${whereTo === undefined ? 'another of its pages' : reserve(whereTo, 'another host')} while ${doing}.`, { hint: addressHint });
  }
  // A page in place of a fault of the server is what any instance shows that is out of order.
  if (!page || answer.status >= 500) return undefined;
  return new SyncError('target-unavailable', `Oomnitza answered ${answer.status} with a web page while ${doing}.`, { hint: addressHint });
}

/**
 * Whether an answer of success is one that the API does not give: a page or a text, where it has JSON or nothing. A login
 * page or a proxy answers so, and whether the call got through to the API before is not known.
 */
export function isForeignSuccess({ status, json, text }: HttpAnswer): boolean {
  return status >= 200 && status <= 299 && json === undefined && text.trim() !== '';
}

const addressHint =
  'That is what a login page or another site does. Check that `oomnitza-url` is the address of your Oomnitza instance, such as https://example.oomnitza.com, and not that of its single sign-on; if it is, look at the proxy or firewall between.';

/** Whatever it claims to be: many a site names no type, or a wrong one. */
export function isWebPage({ text }: Pick<HttpAnswer, 'text'>): boolean {
  return /^\s*</.test(text);
}
