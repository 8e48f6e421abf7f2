import { createHash } from 'node:crypto';
import { isRecord, json, type Service, type ServiceAnswer, type ServiceRequest } from '../http/exchange.ts';
import { BlobStore } from './blob-store.ts';
import type { GitHubSide, WorkflowRun } from './side.ts';

const SERVICE = '/twirp/github.actions.results.api.v1.ArtifactService';

/** The results service of GitHub Actions and the blob storage it hands uploads to. */
export function artifactService(side: GitHubSide, url: () => string): Service {
  const store = new BlobStore();
  return (request) => {
    if (!request.path.startsWith('/twirp/')) return store.serve(request);
    const route = request.path;
    const run = side.runs.find(({ runtimeToken }) => request.headers.authorization === `Bearer ${runtimeToken}`);
    if (run === undefined) {
      return twirpError(route, 401, 'unauthenticated', 'the runtime token is not valid');
    }
    const call = isRecord(request.content) ? request.content : {};
    if (call['workflow_run_backend_id'] !== run.backendId || call['workflow_job_run_backend_id'] !== run.jobBackendId) {
      return twirpError(route, 403, 'permission_denied', 'the token is for another run');
    }
    if (route === `${SERVICE}/CreateArtifact`) return create({ side, store, run, request, call }, url());
    if (route === `${SERVICE}/FinalizeArtifact`) return finalize({ side, store, run, request, call });
    return twirpError(route, 404, 'bad_route', `no handler for path ${route}`);
  };
}

/** One call of the service, by a run that may make it. */
interface ArtifactCall {
  readonly side: GitHubSide;
  readonly store: BlobStore;
  readonly run: WorkflowRun;
  readonly request: ServiceRequest;
  readonly call: Record<string, unknown>;
}

function create({ side, store, run, request, call }: ArtifactCall, url: string): ServiceAnswer {
  const { name, mime_type: mimeType, expires_at: expiresAt } = call;
  if (typeof name !== 'string' || name === '') return twirpError(request.path, 400, 'invalid_argument', 'name is required');
  if (side.artifacts.some((artifact) => artifact.run === run && artifact.name === name)) {
    return twirpError(request.path, 409, 'already_exists', 'an artifact with this name already exists on the workflow run');
  }
  side.artifacts.push({
    id: 7_000_001 + side.artifacts.length,
    name,
    content: Buffer.alloc(0),
    mimeType: typeof mimeType === 'string' ? mimeType : 'application/zip',
    expiresAt: typeof expiresAt === 'string' ? expiresAt : null,
    finalized: false,
    run,
  });
  return json(request.path, 200, { ok: true, signed_upload_url: `${url}${store.allocate(run.backendId, name)}` });
}

function finalize({ side, store, run, request, call }: ArtifactCall): ServiceAnswer {
  const index = side.artifacts.findIndex((artifact) => artifact.run === run && artifact.name === call['name'] && !artifact.finalized);
  const artifact = side.artifacts[index];
  const content = artifact && store.content(run.backendId, artifact.name);
  if (artifact === undefined || content === undefined) {
    return twirpError(request.path, 404, 'not_found', 'there is no upload with this name');
  }
  if (Number(call['size']) !== content.length) {
    return twirpError(request.path, 400, 'invalid_argument', `size is ${content.length}, not ${String(call['size'])}`);
  }
  const hash = `sha256:${createHash('sha256').update(content).digest('hex')}`;
  if (call['hash'] !== undefined && call['hash'] !== hash) {
    return twirpError(request.path, 400, 'invalid_argument', `hash is ${hash}, not ${JSON.stringify(call['hash'])}`);
  }
  side.artifacts[index] = { ...artifact, content, finalized: true };
  return json(request.path, 200, { ok: true, artifact_id: String(artifact.id) });
}

function twirpError(route: string, status: number, code: string, msg: string): ServiceAnswer {
  return json(route, status, { code, msg });
}
