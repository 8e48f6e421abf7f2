import { Random } from '../../sandbox/random.ts';
import type { DirectoryUser, FieldValues, Sandbox } from '../../sandbox/index.ts';

/** What the values of {@link fillKnownCorrespondence} come from: source path and converter by field. */
export const truth: Readonly<Record<string, string>> = {
  account_enabled: 'accountEnabled',
  cost_center: 'onPremisesExtensionAttributes.extensionAttribute3',
  country: 'usageLocation',
  department: 'onPremisesExtensionAttributes.extensionAttribute5',
  email: 'mail',
  entra_object_id: 'id',
  first_name: 'givenName',
  full_name: 'displayName',
  hired_on: 'employeeHireDate',
  home_base: 'city',
  joined: 'createdDateTime epoch_seconds',
  last_name: 'surname',
  mail_nickname: 'mailNickname',
  manager_email: 'manager.mail',
  office: 'officeLocation',
  payroll_id: 'employeeId',
  phone_number: 'mobilePhone',
  position: 'jobTitle',
  private_email: 'otherMails[0]',
  team_name: 'department',
  username: 'userPrincipalName',
  windows_login: 'onPremisesSamAccountName lowercase',
  worker_class: 'employeeType',
};

/** Fields whose values come from nowhere in the directory. */
export const unrelated = ['favourite_colour', 'parking_space', 'shirt_size', 'vip'] as const;

/** Share of the values that are somebody else's, and of those that are empty. */
const stale = 0.08;
const empty = 0.1;

/**
 * Gives an instance custom fields whose values come from the directory by way of names that tell, mislead or say nothing, and
 * records that have grown old: some values are another person's, some are empty.
 *
 * @param share of the people who have a record, 0 to 1
 */
export function fillKnownCorrespondence({ tenant, instance }: Pick<Sandbox, 'tenant' | 'instance'>, share = 0.9): void {
  const random = new Random(8);
  const users = [...tenant.users.values()];
  const lead = users[0];
  for (const [index, user] of users.entries()) {
    const number = String(index).padStart(4, '0');
    tenant.updateUser(user.id, {
      employeeHireDate: `20${10 + (index % 15)}-0${1 + (index % 9)}-15T00:00:00Z`,
      onPremisesSamAccountName: `CONTOSO${number}`,
      // Few have the true source; what everybody has is mostly the same.
      otherMails: index % 2 === 0 ? [`contoso${number}@home.example`] : [],
      imAddresses: [`contoso${number}@${index % 5 === 0 ? 'chat' : 'home'}.example`],
      onPremisesExtensionAttributes: { extensionAttribute3: `CC-${1000 + random.below(40)}`, extensionAttribute5: `OU/${random.below(25)}`, extensionAttribute9: random.digits(4) },
    });
    if (lead !== undefined && user !== lead) tenant.setManager(user.id, users[index % 20]?.id ?? lead.id);
  }
  for (const [name, label] of [['payroll_id', 'Personnel no.'], ['home_base', 'Base'], ['country', 'Country'], ['team_name', 'Crew'], ['windows_login', 'Windows login'], ['private_email', 'Personal email'], ['favourite_colour', 'Favourite colour'], ['parking_space', 'Location of the car']] as const) instance.addField({ name, label });
  instance.addField({ name: 'worker_class', label: 'Class', type: 'drop-down', options: [{ key: 'E', value: 'Employee' }, { key: 'C', value: 'Contractor' }] });
  instance.addField({ name: 'shirt_size', label: 'Shirt', type: 'drop-down', options: ['S', 'M', 'L'].map((key) => ({ key, value: key })) });
  instance.addField({ name: 'hired_on', label: 'First working day', type: 'date' });
  instance.addField({ name: 'joined', label: 'Joined (seconds)', type: 'integer' });
  instance.addField({ name: 'vip', label: 'Enabled for VIP service', type: 'boolean' });
  instance.field('department').label = 'Unit';

  const isNew = ({ userPrincipalName }: DirectoryUser): boolean => instance.holders('username', userPrincipalName).length === 0;
  const people = [...tenant.users.values()].filter((user) => isNew(user) && random.chance(share));
  const values = people.map((user) => valuesOf(user, tenant.managerOf(user.id)?.mail ?? null));
  people.forEach((_user, index) => {
    const other = random.pick(values);
    const record = Object.entries(values[index] ?? {}).flatMap(([name, value]): [string, FieldValues[string]][] => {
      if (name === 'username' || name === 'email') return [[name, value]];
      if (value === null || random.chance(empty)) return [];
      return [[name, name !== 'entra_object_id' && random.chance(stale) ? (other[name] ?? value) : value]];
    });
    instance.addRecord({ ...Object.fromEntries(record), favourite_colour: random.pick(['red', 'green', 'blue', 'violet', 'grey']), parking_space: random.digits(3), shirt_size: random.pick(['S', 'M', 'L']), vip: random.chance(0.03) });
  });
}

function valuesOf(user: DirectoryUser, managerMail: string | null): Record<string, string | number | boolean | null> {
  const attributes: unknown = user['onPremisesExtensionAttributes'];
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const attribute = (number: number): string | null => text(Reflect.get(Object(attributes), `extensionAttribute${number}`));
  const type = text(user['employeeType']);
  return {
    username: user.userPrincipalName,
    email: user.mail,
    account_enabled: user.accountEnabled,
    cost_center: attribute(3),
    country: text(user['usageLocation']),
    department: attribute(5),
    entra_object_id: user.id,
    first_name: user.givenName,
    full_name: user.displayName,
    hired_on: Date.parse(text(user['employeeHireDate']) ?? '') / 1000,
    home_base: text(user['city']),
    joined: Date.parse(user.createdDateTime) / 1000,
    last_name: user.surname,
    mail_nickname: user.mailNickname,
    manager_email: managerMail,
    office: text(user['officeLocation']),
    payroll_id: text(user['employeeId']),
    phone_number: text(user['mobilePhone']),
    position: text(user['jobTitle']),
    private_email: `${text(user['onPremisesSamAccountName'])?.toLowerCase() ?? ''}@home.example`,
    team_name: text(user['department']),
    windows_login: text(user['onPremisesSamAccountName'])?.toLowerCase() ?? null,
    worker_class: type === null ? null : type.slice(0, 1),
  };
}
