import { SyncError, type Position } from '../errors.ts';
import type { HttpAnswer } from '../http/index.ts';
import { reserve } from '../reserved.ts';
import { graphErrorBody, graphRefusal } from './graph-failure.ts';
import type { Graph } from './graph.ts';
import { grantHint, lackingOf, problemsOf, type Need } from './permissions.ts';
import type { AskedProperty } from './query.ts';

/** Microsoft's code for a tenant without Microsoft Entra ID P1 or P2, which only sign-ins take. */
const nonPremium = 'Authentication_RequestFromNonPremiumTenantOrB2CTenant';

/** What to do about a tenant that has no managed devices to show. */
export const intuneLicence = 'Reading managed devices takes a tenant with a licence for Microsoft Intune.';

/**
 * Why Graph did not do what was asked; a 403 names the permissions that are lacking, and their places.
 *
 * @param doing what was asked, as in "reading users"
 * @param needs the permissions that the request takes
 */
export async function refusal(graph: Graph, answer: HttpAnswer, doing: string, needs: readonly Need[]): Promise<SyncError> {
  const failure = graphRefusal(answer, doing);
  if (answer.status !== 403) return failure;
  if (graphErrorBody(answer).code === nonPremium) return withoutLicence(failure.message, needs);
  const granted = await graph.roles();
  const lacking = granted === undefined ? needs : lackingOf(needs, granted);
  if (lacking.length > 0) return new SyncError('permission', failure.message, { hint: grantHint(lacking), problems: problemsOf(lacking) });
  const names = needs.map(({ permission }) => permission).join(', ');
  const other = needs.some(({ subject }) => subject === 'devices') ? intuneLicence : '`source.filter` may take another.';
  return new SyncError('permission', failure.message, { hint: `The token has what this is known to take (${names}). ${other}` });
}

function withoutLicence(message: string, needs: readonly Need[]): SyncError {
  const hint = 'Reading `signInActivity` takes a tenant with Microsoft Entra ID P1 or P2. Take it out of the sync file.';
  const problems = needs.flatMap(({ subject, position }) =>
    subject === 'signInActivity' && position !== undefined ? [{ message: 'The tenant has no licence to read `signInActivity`.', hint, position }] : [],
  );
  return new SyncError('permission', message, { hint, problems });
}

/** The property of the query that Graph's words name as unknown. */
export function namedProperty(answer: HttpAnswer, properties: readonly AskedProperty[]): AskedProperty | undefined {
  const named = /property named '([^']+)'/.exec(graphErrorBody(answer).message)?.[1];
  if (named === undefined) return undefined;
  return properties.find(({ name }) => name === named) ?? properties.find(({ name }) => name.endsWith(`.${named}`));
}

/** A 400 on a first page is about the query; its words name the property, else the filter is what can be wrong. */
export function refusedQuery(answer: HttpAnswer, doing: string, properties: readonly AskedProperty[], filter: Position | undefined): SyncError {
  const { message } = graphErrorBody(answer);
  const property = namedProperty(answer, properties);
  if (property !== undefined) {
    return refusedPart(property.position, `Microsoft Graph knows no property \`${property.name}\` of users`, message, 'Check the spelling of the source path.');
  }
  if (filter === undefined) return graphRefusal(answer, doing);
  return refusedPart(filter, 'Microsoft Graph refused `source.filter`', message, 'Correct the filter; Graph’s own words say what it did not understand.');
}

function refusedPart(position: Position, what: string, message: string, hint: string): SyncError {
  const sentence = `${what}: ${reserve(message)}`;
  return new SyncError('invalid-sync-file', sentence, { hint, problems: [{ message: sentence, hint, position }] });
}
