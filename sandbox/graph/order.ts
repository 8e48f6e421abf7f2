import type { DirectoryUser } from '../entra/directory-user.ts';
import { unsupportedQuery } from './errors.ts';

/** What the list is sorted by. */
export interface UserOrder {
  readonly property: 'displayName' | 'userPrincipalName';
  readonly descending: boolean;
}

/** Reads `$orderby`: the directory sorts by display name and principal name only. */
export function readOrder(text: string | null): UserOrder | null {
  if (text === null) return null;
  const [, property, direction] = /^(displayName|userPrincipalName)(?:\s+(asc|desc))?$/.exec(text.trim()) ?? [];
  if (property !== 'displayName' && property !== 'userPrincipalName') {
    throw unsupportedQuery('Sorting not supported for current query.');
  }
  return { property, descending: direction === 'desc' };
}

/** Compares users as the list is sorted, without regard to the case of letters. */
export function compareUsers(order: UserOrder): (left: DirectoryUser, right: DirectoryUser) => number {
  const collator = new Intl.Collator('en', { sensitivity: 'base' });
  const sign = order.descending ? -1 : 1;
  return (left, right) => sign * collator.compare(left[order.property] ?? '', right[order.property] ?? '');
}
