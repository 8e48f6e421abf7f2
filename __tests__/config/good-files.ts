/** Sync files that are right, for whatever accepts sync files. */
export const goodFiles: Readonly<Record<string, string>> = {
  'the smallest file': 'version: 1\nsync-keys: [email]\n',
  'every key': `version: 1
enabled: false
source:
  kind: entra
  filter: accountEnabled eq true
  groups: [8a9c3f10-5b7d-4e21-9c66-0f2d7b1e4a35]
  min-users: 0
preset: entra
identity: entra_object_id
sync-keys: [username, email]
preference: create-only
defaults: { role: 25, position: Employee, remote: true }
fields: {}
saas: { application: "12", external-id: mail }
leavers: { disabled: suspend, missing: suspend, returning: restore, marker: left_on }
limits: { creates: 50%, updates: 0, suspends: [5%, 100], restores: [10, 2.5%], shrink: none }
protect: [admin@example.com, 1234]
`,
  'identity alone': 'version: 1\nidentity: entra_object_id\n',
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
  'what a run adds to users': `version: 1
sync-keys: [email]
source: { kind: intune, groups: [8a9c3f10-5b7d-4e21-9c66-0f2d7b1e4a35, 0B1D2C3E-5b7d-4e21-9c66-0f2d7b1e4a35] }
scope: user.manager != null && user.devices.exists(device, device.isEncrypted)
fields:
  manager_email: manager.mail
  asset: "devices[0].serialNumber"
  site: { source: groups, convert: { member_of: { map: { 8a9c3f10-5b7d-4e21-9c66-0f2d7b1e4a35: Oslo } } } }
  cost_center: { expression: 'user.extensions.filter(e, e.id == "com.contoso.hr").map(e, e.costCenter)' }
`,
  'a preset with a rule removed': 'version: 1\nsync-keys: [email]\nfields: { mail_nickname: null }\n',
};
