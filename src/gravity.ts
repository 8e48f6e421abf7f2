import type { FailureReason, SyncError } from './errors.ts';

/** Where several reasons to fail hold, the first of these is told; those that are not among them count for less. */
const order: readonly FailureReason[] = ['cancelled', 'timeout', 'authentication', 'permission', 'target-unavailable', 'record-failures'];

/** The failure that is told where both hold; the first where neither is graver. */
export function graver(first: SyncError, second: SyncError): SyncError {
  return rank(second) < rank(first) ? second : first;
}

function rank({ reason }: SyncError): number {
  const place = order.indexOf(reason);
  return place === -1 ? order.length : place;
}
