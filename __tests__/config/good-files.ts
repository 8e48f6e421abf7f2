/** Sync files that are right, for whatever accepts sync files. */
export const goodFiles: Readonly<Record<string, string>> = {
  'the smallest file': 'version: 1\nsync-keys: [email]\n',
  'every key': `version: 1
enabled: false
source:
  filter: accountEnabled eq true
  min-users: 0
preset: entra
sync-keys: [username, email]
preference: create-only
defaults: { role: 25, position: Employee, remote: true }
fields: {}
`,
  'every form of a rule': `version: 1
preset: none
sync-keys: [username]
defaults: {}
fields:
  username: userPrincipalName
  email: [mail, "otherMails[0]"]
  role: { value: 25, apply: always }
  office: { source: city, default: Remote, required: true, apply: on-create, when-empty: keep }
  phone_number: { source: [mobilePhone, "businessPhones[0]"], when-empty: clear, required: false }
  title: { source: jobTitle, apply: if-empty }
  remote: { value: false, when-empty: clear, apply: always }
  start_date: employeeHireDate
  Full Name: displayName
`,
  'a preset with a rule removed': 'version: 1\nsync-keys: [email]\nfields: { mail_nickname: null }\n',
};
