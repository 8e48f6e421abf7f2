import type { DirectoryUser, DirectoryValue } from '../entra/directory-user.ts';
import type { EntraTenant } from '../entra/tenant.ts';
import { badRequest, unsupportedQuery } from './errors.ts';
import { pick, readSelect, type Selection } from './selection.ts';

/** What a relationship that comes along shows of a user. */
export interface Expansion {
  readonly name: 'manager' | 'extensions';
  readonly read: (user: DirectoryUser) => DirectoryValue | undefined;
}

/**
 * Reads `$expand`: one relationship of users, and not in the advanced mode.
 * https://learn.microsoft.com/graph/api/user-list-manager
 */
export function readExpand(tenant: EntraTenant, text: string | null, advanced: boolean): Expansion | null {
  if (text === null) return null;
  if (advanced) throw unsupportedQuery('$expand is not supported with the current query parameters.');
  if (text === 'extensions') return { name: 'extensions', read: ({ id }) => tenant.openExtensions.get(id) ?? [] };
  const [whole, options] = /^manager(?:\(([^()]*)\))?$/.exec(text) ?? [];
  if (whole === undefined) throw badRequest(`Parsing OData Select and Expand failed: '${text}' cannot be expanded.`);
  const given = new Map((options ?? '').split(';').filter(Boolean).map((option) => {
    const [name = '', value = ''] = option.split('=');
    return [name.trim(), value.trim()] as const;
  }));
  const select = given.get('$select') ?? null;
  if (select !== null && given.get('$levels') !== '1') throw badRequest('A nested $select needs $levels in $expand.');
  const selection = readSelect(tenant, select, true);
  return { name: 'manager', read: ({ id }) => managerOf(tenant, id, selection) };
}

/** Who has no manager has no such property. */
function managerOf(tenant: EntraTenant, id: string, selection: Selection): DirectoryValue | undefined {
  const manager = tenant.managerOf(id);
  return manager === undefined ? undefined : { '@odata.type': '#microsoft.graph.user', ...pick(manager, selection) };
}
