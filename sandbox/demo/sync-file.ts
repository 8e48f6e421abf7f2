import type { DirectoryUser, FieldValues } from '../index.ts';
import { standardValues } from '../oomnitza/seed.ts';

/** The mapping of a company that has been at it for a while. */
export const SYNC_FILE_CONTENT = `version: 1
source:
  # Guests belong to somebody else. Accounts older than this property have none, and are left alone as well.
  filter: userType eq 'Member'
preset: entra
sync-keys: [email]
preference: create-and-update
defaults: { role: 25, position: Employee }
fields:
  email: { source: mail, required: true }
  role: { value: 25, apply: on-create }
  external_id: employeeId
  cost_center: onPremisesExtensionAttributes.extensionAttribute3
  office: { source: [officeLocation, city], default: Remote }
  phone_number: { source: [mobilePhone, "businessPhones[0]"], when-empty: clear }
  mail_nickname: { source: mailNickname, apply: if-empty }
`;

/** What that mapping gives a directory user, worked out by hand. */
export function mappedValues(user: DirectoryUser): FieldValues {
  return {
    ...standardValues(user),
    external_id: text(user['employeeId']),
    cost_center: text(member(user['onPremisesExtensionAttributes'], 'extensionAttribute3')),
    office: text(user['officeLocation']) ?? text(user['city']) ?? 'Remote',
    phone_number: text(user['mobilePhone']) ?? text(member(user['businessPhones'], '0')),
  };
}

/** A member of an object, or an element of a list. */
function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
