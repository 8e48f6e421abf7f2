import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { json, type ServiceAnswer, type ServiceRequest } from '../http/exchange.ts';
import { signJwt } from '../entra/jwt.ts';
import type { GitHubSide, WorkflowRun } from './side.ts';

export const ID_TOKEN_ROUTE = '/idtoken/{run}';
const KEY_ID = 'sandbox-oidc-key';

/** GitHub as an issuer of OpenID Connect tokens for jobs. May be changed at any time. */
export class GitHubOidc {
  issuer = 'https://token.actions.githubusercontent.com';
  /** Of the tokens issued from now on. */
  lifetimeSeconds = 300;
  /** The deployment environment of the jobs, which is part of their subject then. */
  environment: string | undefined;
  /** Subjects carry the ids of owner and repository, as in repositories made or renamed since July 2026. */
  idsInSubjects = false;
  /** Tokens issued, in order. */
  readonly issued: string[] = [];
  #keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } | undefined;

  /** Public keys by key id, as the issuer publishes them. */
  get publicKeys(): ReadonlyMap<string, KeyObject> {
    return new Map([[KEY_ID, this.#keyPair().publicKey]]);
  }

  /** The subject of a job's tokens. */
  subject({ repository }: GitHubSide, { trigger }: WorkflowRun): string {
    const { owner, name, id, ownerId } = repository;
    const place = this.idsInSubjects ? `${owner}@${ownerId}/${name}@${id}` : `${owner}/${name}`;
    if (this.environment !== undefined) return `repo:${place}:environment:${this.environment}`;
    return trigger.event === 'pull_request' ? `repo:${place}:pull_request` : `repo:${place}:ref:${trigger.ref}`;
  }

  /** Issues a token for a job. */
  issue(side: GitHubSide, run: WorkflowRun, audience: string): string {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      jti: randomUUID(),
      sub: this.subject(side, run),
      aud: audience,
      iss: this.issuer,
      ref: run.trigger.ref,
      repository: side.fullName,
      repository_visibility: side.repository.visibility,
      event_name: run.trigger.event,
      run_id: String(run.id),
      nbf: now,
      iat: now,
      exp: now + this.lifetimeSeconds,
    };
    const token = signJwt(claims, this.#keyPair().privateKey, KEY_ID);
    this.issued.push(token);
    return token;
  }

  /** Made when first needed: most sandboxes never sign anything. */
  #keyPair(): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
    return (this.#keys ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));
  }
}

/** Where a job asks for its tokens. */
export function idTokenPath(run: WorkflowRun): string {
  return `/idtoken/${run.backendId}?api-version=2.0`;
}

/** The service that gives jobs their tokens. */
export function idTokenService(side: GitHubSide): (request: ServiceRequest) => ServiceAnswer {
  return (request) => {
    const refused = (status: number, message: string): ServiceAnswer => json(ID_TOKEN_ROUTE, status, { message });
    const run = side.runs.find((candidate) => request.path === `/idtoken/${candidate.backendId}`);
    if (run === undefined) return refused(404, 'Not Found');
    const authorization = request.headers.authorization ?? '';
    if (authorization.toLowerCase() !== `bearer ${run.idTokenRequestToken}`.toLowerCase()) return refused(401, 'The request token is not valid.');
    if (!side.permissions.has('id-token')) return refused(403, 'The job may not ask for an identity token.');
    const audience = request.query.get('audience') ?? `https://github.com/${side.repository.owner}`;
    return json(ID_TOKEN_ROUTE, 200, { count: 1, value: side.oidc.issue(side, run, audience) });
  };
}
