import { startSandbox, type DirectoryUser, type OomnitzaRecord, type Sandbox } from '../index.ts';
import { mappedValues } from './sync-file.ts';

/** People in the demo's directory. */
export const PEOPLE = 2000;
const CONFLICTS = 4;
const SKIPS = 6;

/** A company of 2,000 whose Oomnitza has most of them, some of them behind the times. */
export async function startDemoSandbox(): Promise<Sandbox> {
  const sandbox = await startSandbox({
    people: PEOPLE,
    oomnitzaCoverage: 0.95,
    difference: 0.04,
    conflicts: CONFLICTS,
    skips: SKIPS,
    latencyMs: 20,
    syncedValues: mappedValues,
  });
  giveOldPhones(sandbox);
  return sandbox;
}

/** A few people who have no phone any more, but had one when their record was made. */
function giveOldPhones({ tenant, instance }: Sandbox): void {
  const phoneless = [...tenant.users.values()].filter((user) => isSynced(user) && mappedValues(user)['phone_number'] === null);
  for (const user of phoneless.slice(0, 5)) {
    const [record, ...more] = instance.holders('email', user.mail);
    if (record !== undefined && more.length === 0) instance.updateRecord(record.user_id, { phone_number: '+46 8 555 0199' });
  }
}

/** Whether the demo's sync file is about this person at all. */
export function isSynced(user: DirectoryUser): boolean {
  return user.userType === 'Member' && user.mail !== null;
}

/** What is wrong with the instance after everything was applied, a line each; nothing when it is as it should be. */
export function findDeviations({ tenant, instance }: Sandbox, before: ReadonlyMap<string, OomnitzaRecord>): string[] {
  const deviations: string[] = [];
  const inSync = new Set<string>();
  let conflicts = 0;
  for (const user of [...tenant.users.values()].filter(isSynced)) {
    const [record, ...more] = instance.holders('email', user.mail);
    if (more.length > 0) conflicts += 1;
    else if (record === undefined) deviations.push(`${user.userPrincipalName} has no record`);
    else {
      inSync.add(record.user_id);
      deviations.push(...compare(user, record, before.has(record.user_id)));
    }
  }
  if (conflicts !== CONFLICTS) deviations.push(`${conflicts} people have two records, not ${CONFLICTS}`);
  for (const [userId, record] of instance.records) {
    if (!inSync.has(userId) && before.get(userId) !== record) deviations.push(`${record.username} was touched and should not have been`);
  }
  for (const userId of before.keys()) if (!instance.records.has(userId)) deviations.push(`${userId} is gone`);
  return deviations;
}

function compare(user: DirectoryUser, record: OomnitzaRecord, existed: boolean): string[] {
  const expected = Object.entries(mappedValues(user)).filter(([field, value]) => {
    // An old nickname stays, and nothing else than a phone number is cleared.
    if (field === 'mail_nickname' && existed) return false;
    return value !== null || field === 'phone_number';
  });
  return expected
    .filter(([field, value]) => (record[field] ?? null) !== value)
    .map(([field, value]) => `${record.username}: ${field} is ${String(record[field])}, not ${String(value)}`);
}
