import { createHash } from 'node:crypto';

/**
 * The ids that Git may know this content by (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects): as it is, and with
 * the line ends that it had before Git converted them on this runner.
 */
export function blobIds(content: Buffer): readonly string[] {
  const asStored = Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
  return [...new Set([content, asStored].map(blobId))];
}

function blobId(content: Buffer): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}
