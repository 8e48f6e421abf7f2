import { SyncError } from '../errors.ts';
import type { HttpAnswer, HttpFailure } from '../http/index.ts';
import { reserve } from '../reserved.ts';

/** The parts of Graph's error body (https://learn.microsoft.com/graph/errors) that a user or Microsoft's support can use. */
export interface GraphErrorBody {
  readonly code: string;
  readonly message: string;
  readonly requestId: string | undefined;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Reads an error body; a proxy's HTML page or nothing at all gives empty texts. */
export function graphErrorBody(answer: HttpAnswer): GraphErrorBody {
  const error = property(answer.json, 'error');
  const code = property(error, 'code');
  const message = property(error, 'message');
  const requestId = property(property(error, 'innerError'), 'request-id') ?? answer.headers.get('request-id');
  return {
    code: typeof code === 'string' ? code : '',
    message: typeof message === 'string' ? message.slice(0, 1000) : '',
    requestId: typeof requestId === 'string' && /^[\da-f-]{1,36}$/i.test(requestId) ? requestId : undefined,
  };
}

/** Graph could not be asked at all: nothing is known about the directory. */
export function graphUnreachable(failure: HttpFailure): SyncError {
  const hint = failure.hint ?? 'Check `graph-url`, and that the runner can reach it over HTTPS. If Microsoft Graph is down, run again later.';
  return new SyncError('directory-incomplete', `Microsoft Graph could not be reached. ${failure.message}.`, { hint, cause: failure });
}

/**
 * Why Graph did not do what was asked. No status ever means "nothing there".
 *
 * @param doing what was asked, as in "reading users"
 */
export function graphRefusal(answer: HttpAnswer, doing: string): SyncError {
  const { code, message, requestId } = graphErrorBody(answer);
  const said = reserve([code, message].filter((text) => text !== '').join(': '));
  const id = requestId === undefined ? '' : ` (request id ${requestId})`;
  const detail = `${answer.status}${said === '' ? '' : ` ${said}`}${id}`;
  if (answer.status === 401) {
    return new SyncError('authentication', `Microsoft Graph did not accept the token while ${doing}: ${detail}`, {
      hint: 'Check that `graph-url`, `graph-scope` and `authority-host` belong to the same cloud as the tenant.',
    });
  }
  if (answer.status === 403) {
    return new SyncError('permission', `Microsoft Graph refused ${doing}: ${detail}`, {
      hint: 'Give the app registration the application permission User.Read.All of Microsoft Graph and grant admin consent for it.',
    });
  }
  return new SyncError('directory-incomplete', `Microsoft Graph failed while ${doing}: ${detail}`, {
    hint: 'The directory was not read to its end, so nothing was planned or written. Run again later; give Microsoft’s support the request id if it goes on.',
  });
}
