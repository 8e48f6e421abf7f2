import { Faker, en, base } from '@faker-js/faker';
import { Random } from '../random.ts';
import type { UserProperties } from './directory-user.ts';
import type { EntraTenant } from './tenant.ts';

const DEPARTMENTS: Readonly<Record<string, readonly string[]>> = {
  Engineering: ['Software Engineer', 'Senior Software Engineer', 'Staff Engineer', 'Engineering Manager', 'QA Engineer'],
  IT: ['IT Support Specialist', 'Systems Administrator', 'Identity Engineer', 'IT Asset Manager'],
  Finance: ['Accountant', 'Financial Analyst', 'Controller', 'Payroll Specialist'],
  'Human Resources': ['HR Business Partner', 'Recruiter', 'People Operations Specialist'],
  Sales: ['Account Executive', 'Sales Engineer', 'Regional Sales Manager', 'Sales Development Representative'],
  Marketing: ['Content Strategist', 'Marketing Manager', 'Designer'],
  Operations: ['Operations Analyst', 'Facilities Coordinator', 'Procurement Specialist', 'Supply Chain Manager'],
  Legal: ['Counsel', 'Paralegal', 'Compliance Officer'],
};

const SITES = [
  { city: 'Stockholm', country: 'Sweden', usageLocation: 'SE', officeLocation: 'Stockholm, Sveavägen 44', dial: '+46 8' },
  { city: 'München', country: 'Germany', usageLocation: 'DE', officeLocation: 'München, Arnulfstraße 60', dial: '+49 89' },
  { city: 'San Francisco', country: 'United States', usageLocation: 'US', officeLocation: 'San Francisco, 2nd Street', dial: '+1 415' },
  { city: 'Austin', country: 'United States', usageLocation: 'US', officeLocation: 'Austin, Congress Avenue', dial: '+1 512' },
  { city: 'Bengaluru', country: 'India', usageLocation: 'IN', officeLocation: 'Bengaluru, Residency Road', dial: '+91 80' },
  { city: 'São Paulo', country: 'Brazil', usageLocation: 'BR', officeLocation: 'São Paulo, Avenida Paulista', dial: '+55 11' },
];

/** How many people, and how many of them without a mail address. */
export interface Population {
  readonly people: number;
  readonly withoutMail: number;
  readonly seed: number;
}

/** Fills a tenant with people: the same ones for the same seed. */
export function populate(tenant: EntraTenant, population: Population): void {
  const random = new Random(population.seed);
  const names = namePools(population.seed);
  const taken = new Map<string, number>();
  // Those without mail are spread over the whole directory, not its first page.
  const gap = population.withoutMail > 0 ? population.people / population.withoutMail : Infinity;
  let mailless = 0;
  for (let index = 0; index < population.people; index += 1) {
    const isMailless = mailless < population.withoutMail && index >= Math.floor(mailless * gap);
    if (isMailless) mailless += 1;
    const person = describe(random, names, taken, tenant);
    tenant.addUser(isMailless ? { ...person, mail: null } : person);
  }
}

/** Faker's lists of names: drawing from them directly is fifty times faster than asking Faker for each name. */
function namePools(seed: number): { given: readonly string[]; family: readonly string[] } {
  const faker = new Faker({ locale: [en, base] });
  faker.seed(seed);
  return {
    given: faker.helpers.uniqueArray(() => faker.person.firstName(), 600),
    family: faker.helpers.uniqueArray(() => faker.person.lastName(), 450),
  };
}

function describe(
  random: Random,
  names: ReturnType<typeof namePools>,
  taken: Map<string, number>,
  tenant: EntraTenant,
): UserProperties {
  const givenName = random.pick(names.given);
  const surname = random.pick(names.family);
  const department = random.pick(Object.keys(DEPARTMENTS));
  const jobTitle = random.pick(DEPARTMENTS[department] ?? []);
  const site = random.pick(SITES);
  const isGuest = random.chance(0.03);

  const plain = `${givenName}.${surname}`.toLowerCase().replaceAll(/[^a-z.]/g, '');
  const namesakes = taken.get(plain) ?? 0;
  taken.set(plain, namesakes + 1);
  const nickname = namesakes === 0 ? plain : `${plain}${namesakes + 1}`;
  const [primary = 'contoso.com', initial = primary] = tenant.domains;
  const userPrincipalName = isGuest ? `${nickname}_partner.example#EXT#@${initial}` : `${nickname}@${primary}`;

  return {
    id: random.guid(),
    userPrincipalName,
    mail: isGuest ? `${nickname}@partner.example` : userPrincipalName,
    mailNickname: isGuest ? `${nickname}_partner.example#EXT#` : nickname,
    displayName: `${givenName} ${surname}`,
    givenName,
    surname,
    // Accounts older than the property have no user type.
    userType: isGuest ? 'Guest' : random.chance(0.02) ? null : 'Member',
    accountEnabled: !random.chance(0.02),
    department: isGuest || random.chance(0.02) ? null : department,
    jobTitle: isGuest || random.chance(0.04) ? null : jobTitle,
    companyName: isGuest ? 'Partner Example' : 'Contoso',
    employeeId: isGuest ? null : random.digits(6),
    employeeType: isGuest ? null : random.chance(0.1) ? 'Contractor' : 'Employee',
    city: site.city,
    country: site.country,
    usageLocation: site.usageLocation,
    officeLocation: random.chance(0.05) ? null : site.officeLocation,
    businessPhones: random.chance(0.3) ? [] : [`${site.dial} ${random.digits(3)} ${random.digits(4)}`],
    mobilePhone: random.chance(0.2) ? null : `${site.dial} ${random.digits(3)} ${random.digits(4)}`,
    preferredLanguage: random.chance(0.5) ? null : 'en-US',
    createdDateTime: `20${15 + random.below(10)}-0${1 + random.below(9)}-1${random.below(10)}T09:00:00Z`,
    onPremisesExtensionAttributes: isGuest ? null : extensionAttributes(random),
  };
}

/** Graph always shows all fifteen; the third one holds a cost centre here. */
function extensionAttributes(random: Random): Readonly<Record<string, string | null>> {
  const attributes: Record<string, string | null> = {};
  for (let number = 1; number <= 15; number += 1) attributes[`extensionAttribute${number}`] = null;
  attributes['extensionAttribute3'] = `CC-${1000 + random.below(40)}`;
  return attributes;
}
