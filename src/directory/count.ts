import type { Graph } from './graph.ts';

/**
 * How many users the directory says it has. The number is for people to read: it may lag behind, and where Graph refuses to
 * count nothing is lost.
 *
 * @param filter `$filter` that they have to match; without it, all users
 * @returns `undefined` where Graph did not give a number
 * @throws SyncError `directory-incomplete` where Graph could not be reached
 */
export async function countUsers(graph: Graph, filter?: string): Promise<number | undefined> {
  // A count is given in the advanced mode alone: https://learn.microsoft.com/graph/aad-advanced-queries
  const headers = { ConsistencyLevel: 'eventual' };
  const { status, text } = await graph.get({ path: '/users/$count', parameters: filter === undefined ? {} : { $filter: filter }, headers });
  const digits = /^\uFEFF?(\d{1,12})\s*$/.exec(text)?.[1];
  return status === 200 && digits !== undefined ? Number(digits) : undefined;
}
