import { expect } from '@jest/globals';
import { addSyncedRecord, unzip, type Sandbox } from '../../sandbox/index.ts';
import { runMain, type MainOptions, type MainResult } from './run-main.ts';

/** A run in a world full of markers. */
export interface MarkedCase extends MainOptions {
  readonly name: string;
  /** The output `failure-reason`. */
  readonly reason: string;
  readonly syncFile?: string;
  /** Called before the run; what it returns is called after it. */
  readonly arrange?: (world: Sandbox) => (() => unknown) | undefined;
  /** Something that the page of the run says all the same. */
  readonly says?: RegExp;
}

/** Runs a case, with further inputs. */
export async function runMarked(sandbox: Sandbox, { syncFile = markedSyncFile, arrange, ...given }: MarkedCase, inputs: MainOptions['inputs']): Promise<MainResult> {
  const end = arrange?.(sandbox);
  try {
    return await runMain(sandbox, { ...given, syncFile, inputs: { mode: 'plan', ...given.inputs, ...inputs } });
  } finally {
    end?.();
  }
}

/** Runs a case in which no more than a level may be seen of people, and sees to it that there is nothing else to be seen. */
export async function runUnseen(sandbox: Sandbox, given: MarkedCase, level: string): Promise<MainResult> {
  const result = await runMarked(sandbox, given, { 'personal-data': level });
  expect(leaksIn(sandbox, result)).toEqual([]);
  expect(result.outputs['failure-reason']).toBe(given.reason);
  if (given.says !== undefined) expect(result.summary).toMatch(given.says);
  expect(Object.values(publicSurfaces(sandbox, result)).join('')).not.toMatch(/[\uFDD0-\uFDEF]|U&#43;FDD|U\+FDD/);
  return result;
}

/** Stands in every value of both sides; no word of ours has it. */
export const marker = 'zqx';

/** What a server says when it quotes a record. */
export const quotedRecord = { message: `zqxWords: {"email":"zqxbody@zqx.example"}` };

/** The fields that the sync file of {@link markedSyncFile} adds to the preset. */
export const markedSyncFile = `version: 1
source: { groups: [11111111-2222-3333-4444-555555555555] }
sync-keys: [email]
fields:
  email: { source: mail, convert: lowercase }
  office: { expression: 'user.city + ", " + user.country', default: Remote }
  employee_type: employeeType
  cost_center: onPremisesExtensionAttributes.extensionAttribute3
  phone_number: { source: ["businessPhones[0]", mobilePhone], when-empty: clear }
  badge: { expression: 'user.businessPhones[int(user.employeeId)]' }
`;

/**
 * Fills both sides with people of whom every value has the marker: some to create, to update, to skip and in conflict, with
 * fields that are left out, and a group that has a marked name.
 */
export function plantMarkers({ tenant, instance }: Sandbox): void {
  instance.addField({ name: 'badge' });
  instance.field('employee_type').options.push({ key: 'zqxkey', value: 'zqx label' });
  const people = Array.from({ length: 12 }, (_, number) => {
    const mail = number === 11 ? null : `zqxMail${number === 9 ? 8 : number}@zqxmail.example`;
    return tenant.addUser({
      displayName: `zqx Display ${number}`,
      givenName: `zqxGiven${number}`,
      surname: `zqxSurname${number}`,
      userPrincipalName: `zqxupn${number}@zqxupn.example`,
      mail,
      mailNickname: `zqxnick${number}`,
      jobTitle: `zqx Title ${number}`,
      department: `zqx Department ${number}`,
      city: `zqxCity${number}`,
      country: 'zqxLand',
      employeeType: number % 2 === 0 ? 'zqxWizard' : 'zqxkey',
      employeeId: `7${number}`,
      businessPhones: [`zqx+47 ${number}`],
      mobilePhone: `zqx+48 ${number}`,
      onPremisesExtensionAttributes: { extensionAttribute3: number === 3 ? `zqx${'long'.repeat(100)}` : `zqxCost${number}` },
    });
  });
  tenant.addGroup({ id: '11111111-2222-3333-4444-555555555555', displayName: 'zqx Group', members: people.map(({ id }) => id) });
  const old = { department: 'zqxOld Department', position: 'zqxOld Title', office: 'zqxOld Office', phone_number: 'zqx+49' };
  for (const user of people.slice(4, 8)) addSyncedRecord(instance, user, { ...old, username: `zqxold${user.userPrincipalName}` });
  const [first] = people;
  if (first !== undefined) for (const copy of [1, 2]) addSyncedRecord(instance, first, { username: `zqxcopy${copy}` });
}

/** Everything of a run that leaves the runner, by where it is seen. */
export function publicSurfaces({ github }: Sandbox, result: MainResult): Record<string, string> {
  const log = result.log.replaceAll(/^::add-mask::.*$/gm, '');
  const archives = github.artifacts.flatMap(({ content }) => [...unzip(content)]);
  const artifact = Object.fromEntries(archives.map(([name, content]) => [`artifact ${name}`, content.toString()]));
  const comments = github.comments.map(({ body }) => body).join('\n');
  const issues = github.tracker.issues.flatMap((issue) => [issue.title, issue.body, ...issue.comments]).join('\n');
  return { log, summary: result.summary, outputs: JSON.stringify(result.outputs), comments, issues, ...artifact };
}

/** Where a text of one side is seen that should not be, as lines of the surfaces. */
export function leaksIn(sandbox: Sandbox, result: MainResult): string[] {
  const { tenant, instance } = sandbox;
  const known = [tenant.users, tenant.deletedUsers, instance.records].flatMap((people) => [...people.keys()]);
  const ids = [...known, ...instance.records.values().flatMap(({ entra_object_id: id }) => (typeof id === 'string' && id !== '' ? [id] : []))];
  const told = [marker, ...ids].map((text) => text.toLowerCase());
  return Object.entries(publicSurfaces(sandbox, result)).flatMap(([place, text]) => {
    // Names of temporary folders are letters at random.
    const named = text.replaceAll(sandbox.directory, '').replaceAll(/\bmain-\w{6}\b/g, '');
    const lines = asRead(named).split('\n').filter((line) => told.some((each) => line.includes(each)));
    return lines.map((line) => `${place}: ${line.slice(0, 300)}`);
  });
}

/** As a reader sees it, in lower case. */
function asRead(text: string): string {
  const plain = text.replaceAll('<wbr>', '').replaceAll(/&#(\d+);/g, (_whole, code: string) => String.fromCodePoint(Number(code)));
  return `${plain}\n${decoded(plain)}`.toLowerCase();
}

function decoded(text: string): string {
  return text.replaceAll(/%[0-9a-f]{2}/gi, (escape) => String.fromCharCode(Number.parseInt(escape.slice(1), 16)));
}
