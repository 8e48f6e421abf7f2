import type { DirectoryUser } from '../entra/directory-user.ts';
import type { EntraTenant } from '../entra/tenant.ts';
import { Random } from '../random.ts';
import type { OomnitzaInstance } from './instance.ts';
import type { FieldValues, OomnitzaRecord } from './record.ts';

/** How an instance is to relate to a tenant. */
export interface Seeding {
  /** Share of the people with a mail address that have a record, 0 to 1. */
  readonly coverage: number;
  /** Share of those records that differ in one or two fields, 0 to 1. */
  readonly difference: number;
  /** Records that are there twice, with the same email. */
  readonly conflicts: number;
  /** What a record in sync with a person holds. */
  readonly values: (user: DirectoryUser) => FieldValues;
  readonly seed: number;
}

/**
 * What a plan comes to, right after seeding, with the standard mapping, `sync-keys: [email]` and every email there.
 * People without a mail address are the skips.
 */
export interface ExpectedPlan {
  readonly creates: number;
  readonly updates: number;
  readonly unchanged: number;
  readonly conflicts: number;
  readonly skips: number;
}

/** The values that the standard mapping gives a directory user. */
export function standardValues(user: DirectoryUser): FieldValues {
  return {
    username: user.userPrincipalName,
    email: user.mail,
    first_name: user.givenName,
    last_name: user.surname,
    position: text(user['jobTitle']),
    department: text(user['department']),
    account_enabled: user.accountEnabled,
    mail_nickname: user.mailNickname,
  };
}

/** Adds a record that is in sync with a directory user, but for what is given. */
export function addSyncedRecord(
  instance: OomnitzaInstance,
  user: DirectoryUser,
  differing: FieldValues = {},
  valuesOf: (user: DirectoryUser) => FieldValues = standardValues,
): OomnitzaRecord {
  const values = Object.entries(valuesOf(user)).filter(([, value]) => value !== null);
  const differences = Object.entries(differing);
  const given = [...values, ...differences].filter(([name]) => instance.fields.has(name));
  return instance.addRecord({
    // Who is disabled in the directory left some time ago, and the record says so.
    suspended: !user.accountEnabled,
    ...Object.fromEntries(given),
  });
}

/** Fills an instance from a tenant, and tells what a sync will find. */
export function seedInstance(instance: OomnitzaInstance, tenant: EntraTenant, seeding: Seeding): ExpectedPlan {
  const random = new Random(seeding.seed ^ 0x5eed);
  const people = [...tenant.users.values()].filter(({ mail }) => mail !== null);
  const covered = chooseCovered(people, Math.round(people.length * seeding.coverage), random);
  const shuffled = random.shuffle([...covered]);
  const doubled = new Set(shuffled.slice(0, seeding.conflicts));
  const enabled = shuffled.filter((user) => !doubled.has(user));
  const differing = new Set(enabled.slice(0, Math.round(covered.size * seeding.difference)));

  for (const user of people) {
    if (!covered.has(user)) continue;
    addSyncedRecord(instance, user, differing.has(user) ? change(user, random) : {}, seeding.values);
    if (doubled.has(user)) addSyncedRecord(instance, user, { username: `old.${user.userPrincipalName}` }, seeding.values);
  }
  return {
    creates: people.length - covered.size,
    updates: differing.size,
    unchanged: covered.size - differing.size - doubled.size,
    conflicts: doubled.size,
    skips: tenant.users.size - people.length,
  };
}

/** Everybody who is disabled has a record: a disabled person without one would be skipped, not created. */
function chooseCovered(people: readonly DirectoryUser[], count: number, random: Random): Set<DirectoryUser> {
  const disabled = people.filter(({ accountEnabled }) => !accountEnabled);
  const enabled = random.shuffle(people.filter(({ accountEnabled }) => accountEnabled));
  return new Set([...disabled, ...enabled].slice(0, Math.max(count, disabled.length)));
}

/** Values in which a record lags behind the directory. */
function change(user: DirectoryUser, random: Random): FieldValues {
  const moved = text(user['department']) === 'Operations' ? 'Facilities' : 'Operations';
  switch (random.below(4)) {
    case 0:
      return user.mailNickname === null ? { first_name: 'Former' } : { mail_nickname: `${user.mailNickname}.old` };
    case 1:
      return { last_name: `${user.surname ?? ''} Before` };
    case 2:
      return { account_enabled: !user.accountEnabled };
    default:
      // Whoever has no department now keeps the old one: an empty value does not overwrite.
      return text(user['department']) === null ? { last_name: 'Before' } : { department: moved, mail_nickname: null };
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
