import { randomBytes, randomUUID } from 'node:crypto';
import type { ServiceAnswer, ServiceRequest } from '../http/exchange.ts';

const ROUTE = '/artifact-storage/{container}/{blob}';

interface Blob {
  readonly signature: string;
  /** Blocks sent, but not part of the content before a list of blocks says so. */
  readonly staged: Map<string, Buffer>;
  content: Buffer | undefined;
}

/** As much of Azure's blob storage as an upload of an artifact needs: blocks, lists of blocks, whole blobs. */
export class BlobStore {
  readonly #blobs = new Map<string, Blob>();

  /** Makes room for an artifact; returns path and query of the signed URL to upload it to. */
  allocate(container: string, name: string): string {
    const path = pathOf(container, name);
    const signature = randomBytes(32).toString('base64');
    this.#blobs.set(path, { signature, staged: new Map(), content: undefined });
    const expiry = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z');
    return `${path}?se=${encodeURIComponent(expiry)}&sig=${encodeURIComponent(signature)}&sp=cw&sr=b&sv=2024-11-04`;
  }

  /** What was uploaded for an artifact; undefined until the upload is complete. */
  content(container: string, name: string): Buffer | undefined {
    return this.#blobs.get(pathOf(container, name))?.content;
  }

  serve(request: ServiceRequest): ServiceAnswer {
    const blob = this.#blobs.get(request.path);
    if (blob === undefined || request.query.get('sig') !== blob.signature) {
      return storageError(403, 'AuthenticationFailed', 'Server failed to authenticate the request.');
    }
    if (request.method !== 'PUT') return storageError(405, 'UnsupportedHttpVerb', 'The resource does not support this verb.');
    const part = request.query.get('comp');
    if (part === 'blocklist') return commit(blob, request.body.toString());
    if (part === 'block') blob.staged.set(request.query.get('blockid') ?? '', request.body);
    else if (request.headers['x-ms-blob-type'] === 'BlockBlob') blob.content = request.body;
    else return storageError(400, 'MissingRequiredHeader', 'x-ms-blob-type is required.');
    return created();
  }
}

function pathOf(container: string, name: string): string {
  return `/artifact-storage/${container}/${encodeURIComponent(name)}.zip`;
}

function commit(blob: Blob, list: string): ServiceAnswer {
  const blocks: Buffer[] = [];
  for (const [, id = ''] of list.matchAll(/<(?:Latest|Uncommitted)>([^<]*)</g)) {
    const block = blob.staged.get(id);
    if (block === undefined) return storageError(400, 'InvalidBlockList', 'The specified block list is invalid.');
    blocks.push(block);
  }
  blob.content = Buffer.concat(blocks);
  blob.staged.clear();
  return created();
}

function created(): ServiceAnswer {
  const headers = {
    ETag: `"0x${randomBytes(8).toString('hex').toUpperCase()}"`,
    'Last-Modified': new Date().toUTCString(),
    'x-ms-request-id': randomUUID(),
    'x-ms-version': '2024-11-04',
  };
  return { route: ROUTE, status: 201, headers };
}

function storageError(status: number, code: string, message: string): ServiceAnswer {
  return {
    route: ROUTE,
    status,
    headers: { 'Content-Type': 'application/xml', 'x-ms-error-code': code },
    body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  };
}
