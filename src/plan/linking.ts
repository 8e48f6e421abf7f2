import type { DesiredRecord } from '../mapping/index.ts';
import type { CurrentRecord } from '../oomnitza/index.ts';
import type { PlanBasis } from './basis.ts';
import { normaliseKey } from './match.ts';

/**
 * Fields that an update leaves as they are, since with them a record would pass for that of a disabled user, whose it may not be:
 * any key may be shared by somebody active who was not read, and whoever is to be suspended is found by these two. Where disabled
 * users are suspended such a record is not updated at all; where they are ignored they are like all others.
 *
 * @returns indexes of rules
 */
export function keptFromLinking({ rules, identity, leavers }: Pick<PlanBasis, 'rules' | 'identity' | 'leavers'>, user: DesiredRecord, { username }: CurrentRecord, isFoundById: boolean): readonly number[] {
  if (user.enabled || leavers.disabled !== 'report' || isFoundById) return [];
  if (normaliseKey(user.userPrincipalName) !== '' && normaliseKey(user.userPrincipalName) === normaliseKey(username)) return [];
  return rules.flatMap(({ field }, index) => (field === identity?.field || field === 'username' ? [index] : []));
}
