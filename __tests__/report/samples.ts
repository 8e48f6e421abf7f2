import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import type { WriteResult } from '../../src/apply/index.ts';
import type { Plan, PlanCounts, PlanEntry } from '../../src/plan/index.ts';
import type { RunReport } from '../../src/report/index.ts';

/** An entry of the plan; what a test does not name is what a plain update has. */
export function entry(given: Partial<PlanEntry>): PlanEntry {
  return {
    action: 'update',
    entraId: null,
    userPrincipalName: 'anna@example.com',
    oomnitzaId: null,
    username: null,
    syncKey: null,
    fields: [],
    reason: null,
    message: '',
    ...given,
  };
}

/** A plan whose counts of changes and findings follow from its entries. */
export function planOf(entries: readonly PlanEntry[], given: Partial<Omit<Plan, 'counts'>> & { counts?: Partial<PlanCounts> } = {}): Plan {
  const count = (action: PlanEntry['action']): number =>
    entries.filter((one) => one.action === action && !(action === 'skip' && one.fields.length === 1)).length;
  return {
    entries,
    limits: [],
    outOfScope: 0,
    digest: '4f1c'.repeat(16),
    ...given,
    counts: {
      directory: 2000,
      scope: 1990,
      create: count('create'),
      update: count('update'),
      suspend: count('suspend'),
      restore: count('restore'),
      unchanged: 1900,
      skip: count('skip'),
      conflict: count('conflict'),
      leaver: count('leaver'),
      ...given.counts,
    },
  };
}

/** A report of a plan run in which nothing went wrong; what a test does not name stays empty. */
export function reportOf(given: Partial<RunReport>): RunReport {
  return {
    personalData: 'full',
    mode: 'plan',
    syncFile: '.github/oomnitza-user-sync.yml',
    event: 'schedule',
    enabled: true,
    failure: null,
    plan: null,
    results: new Map(),
    checks: [],
    phases: [],
    notices: [],
    suggestion: null,
    comparison: null,
    explanation: null,
    watched: null,
    mismatch: null,
    artifactUrl: null,
    ...given,
  };
}

export function resultsOf(...results: readonly (readonly [PlanEntry, WriteResult['status'], string?])[]): Map<PlanEntry, WriteResult> {
  return new Map(results.map(([one, status, message = '']) => [one, { status, message }]));
}

/** Compares with a file under golden/; UPDATE_GOLDEN=1 writes it anew, to be looked at before it is committed. */
export function expectGolden(name: string, actual: string): void {
  const file = new URL(`golden/${name}`, import.meta.url);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, actual);
  expect(actual).toBe(readFileSync(file, 'utf8'));
}

const birgit = entry({
  action: 'create',
  entraId: '0b6f6c6e-8a5b-4f0e-9d5c-1d2f3a4b5c6d',
  userPrincipalName: 'birgit.olsen@example.com',
  syncKey: 'email=birgit.olsen@example.com',
  fields: [
    { field: 'department', before: null, after: 'Sales' },
    { field: 'email', before: null, after: 'birgit.olsen@example.com' },
    { field: 'role', before: null, after: 25 },
    { field: 'username', before: null, after: 'birgit.olsen@example.com' },
  ],
});
const chen = entry({
  action: 'create',
  userPrincipalName: 'Chen.Wei@example.com',
  syncKey: 'email=chen.wei@example.com',
  fields: [
    { field: 'department', before: null, after: 'R&D' },
    { field: 'email', before: null, after: 'chen.wei@example.com' },
  ],
});
const anna = entry({
  entraId: '8a9c1b2d-0000-4000-8000-000000000001',
  userPrincipalName: 'anna.berg@example.com',
  oomnitzaId: '17',
  syncKey: 'email=anna.berg@example.com',
  fields: [
    { field: 'account_enabled', before: true, after: false },
    { field: 'department', before: 'Sales', after: 'Marketing | Nordics' },
    { field: 'phone_number', before: '+47 22 00 00 00', after: null },
  ],
});
const dmitri = entry({
  userPrincipalName: 'dmitri@example.com',
  oomnitzaId: '4',
  syncKey: 'email=dmitri@example.com',
  fields: [{ field: 'department', before: null, after: 'Finance' }],
});
const findings = [
  entry({
    action: 'conflict',
    userPrincipalName: 'info@example.com',
    syncKey: 'email=info@example.com',
    reason: 'duplicate-target',
    message: 'several records have the same `email`',
  }),
  entry({
    action: 'skip',
    userPrincipalName: 'anna.berg@example.com',
    oomnitzaId: '17',
    syncKey: 'email=anna.berg@example.com',
    fields: [{ field: 'cost_center', before: '0815', after: null }],
    reason: 'invalid-value',
    message: '`onPremisesExtensionAttributes` is an object',
  }),
  entry({
    action: 'skip',
    userPrincipalName: 'room-2@example.com',
    reason: 'missing-sync-key',
    message: 'none of the sync keys has a value: `email`',
  }),
];

/** A small run that has a little of everything. */
export const sample = {
  birgit,
  chen,
  anna,
  dmitri,
  plan: planOf([birgit, chen, anna, dmitri, ...findings], {
    limits: [
      { name: 'creates', limit: '50%', base: 1990, actual: 2, exceeded: false },
      { name: 'updates', limit: '0', base: 1990, actual: 1, exceeded: true },
    ],
  }),
  phases: [
    { name: 'Read the directory', milliseconds: 4230 },
    { name: 'Read Oomnitza', milliseconds: 65_400 },
    { name: 'Compare', milliseconds: 87 },
  ],
  notices: ['The field `mail_nickname` of the preset is left out: the instance has no such field.'],
  artifactUrl: 'https://github.com/example/it/actions/runs/1/artifacts/2',
};
