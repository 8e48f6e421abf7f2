import type { DirectoryUser, DirectoryValue } from '../entra/directory-user.ts';
import type { EntraTenant } from '../entra/tenant.ts';
import { badRequest, GraphError } from './errors.ts';
import { DEFAULT_PROPERTIES, UNLISTABLE_PROPERTIES, USER_PROPERTIES } from './user-properties.ts';

/** The properties a request asks for, in the order in which it names them. */
export type Selection = readonly string[];

/**
 * Reads `$select`.
 * @param listing - the request is for many users, for which some properties cannot be had
 */
export function readSelect(tenant: EntraTenant, select: string | null, listing: boolean): Selection {
  if (select === null) return DEFAULT_PROPERTIES;
  const names = select.split(',').map((name) => name.trim());
  for (const name of names) {
    if (!USER_PROPERTIES.has(name) && !tenant.hasExtension(name)) {
      throw badRequest(
        name === ''
          ? 'Parsing OData Select and Expand failed: An identifier was expected.'
          : `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.user'.`,
      );
    }
    if (listing && UNLISTABLE_PROPERTIES.has(name)) {
      throw new GraphError(501, 'NotImplemented', `Property '${name}' is not supported when users are listed.`);
    }
  }
  return [...new Set(names)];
}

/** The selected properties of a user, as Graph would show them. */
export function pick(user: DirectoryUser, selection: Selection): Record<string, DirectoryValue> {
  const shown: Record<string, DirectoryValue> = {};
  for (const name of selection) {
    const value = user[name];
    if (value !== undefined) shown[name] = value;
    // An extension that a user has no value for is left out; a property of the schema never is.
    else if (USER_PROPERTIES.has(name)) shown[name] = absent(name);
  }
  return shown;
}

function absent(name: string): DirectoryValue {
  return USER_PROPERTIES.get(name)?.type === 'Collection' ? [] : null;
}
