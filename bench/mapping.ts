import { EntraTenant, OomnitzaInstance } from '../sandbox/index.ts';
import { populate } from '../sandbox/entra/people.ts';
import { describeFields } from '../sandbox/oomnitza/metadata.ts';
import { parseSyncFile } from '../src/config/index.ts';
import { compileFit, compileMapping } from '../src/mapping/index.ts';
import { describedField } from '../src/oomnitza/described-field.ts';

/** Twenty rules, five of them expressions, and a scope. */
const syncFile = `version: 1
preset: none
scope: user.userType != "Guest"
sync-keys: [email]
fields:
  username: userPrincipalName
  email: { source: [mail, userPrincipalName], convert: lowercase, required: true }
  first_name: givenName
  last_name: { source: surname, convert: trim }
  full_name: { expression: 'user.givenName + " " + user.surname' }
  position: { source: jobTitle, default: Employee }
  department: department
  account_enabled: accountEnabled
  mail_nickname: { source: mail, convert: [split_email, lowercase] }
  phone_number: [mobilePhone, 'businessPhones[0]']
  office: { expression: 'user.city + ", " + user.country', default: Remote }
  address: { source: streetAddress, when-empty: clear }
  cost_center: onPremisesExtensionAttributes.extensionAttribute3
  manager_email: { source: otherMails, convert: { split: { on: ",", index: 0 } } }
  employee_type: { expression: 'user.employeeType in ["Contractor", "Freelancer"] ? "CON" : "EMP"' }
  role: { expression: 'user.department == "IT" && user.jobTitle.matches("^(Lead|Head) ") ? 31 : 25', apply: on-create }
  external_id: employeeId
  left_on: employeeLeaveDateTime
  entra_object_id: id
  email_subscription: { expression: 'user.businessPhones.exists(phone, phone.startsWith("+46"))' }
`;

/** What applying the rules to everybody costs. */
export interface MappingMeasurement {
  readonly people: number;
  readonly rules: number;
  readonly expressions: number;
  /** Processor time in milliseconds. */
  readonly cpu: number;
}

/** Maps `people` users and fits them to an instance's fields, `runs` times; neither is read from a service. */
export function measureMapping(people: number, runs: number): MappingMeasurement[] {
  const tenant = new EntraTenant(20260101);
  populate(tenant, { people, withoutMail: 0, seed: 20260101 });
  const users = [...tenant.users.values()];
  const parsed = parseSyncFile(syncFile);
  const { rules } = parsed;
  const fields = new Map(Object.entries(describeFields(new OomnitzaInstance(20260101))).map(([name, field]) => [name, describedField(name, field)]));
  const fit = compileFit(rules, rules.map((_rule, index) => index), fields);
  const mapping = compileMapping(parsed);
  const expressions = rules.filter(({ from }) => from.kind === 'expression').length;
  return Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    let values = 0;
    for (const user of users) {
      const record = mapping.apply(user);
      if (record !== undefined) values += fit.desired(record).values.length;
    }
    const { user, system } = process.cpuUsage(before);
    if (values === 0) throw new Error('nobody was in scope');
    return { people, rules: rules.length, expressions, cpu: (user + system) / 1000 };
  });
}
