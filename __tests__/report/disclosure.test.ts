import { describe, expect, test } from '@jest/globals';
import { SyncError } from '../../src/errors.ts';
import { disclosed, levelOfComments, renderCsv, renderLogSummary, renderPlanJson, renderSummary, type PersonalData, type RunReport, type UserStory } from '../../src/report/index.ts';
import { reserve } from '../../src/reserved.ts';
import { entry, planOf, reportOf, resultsOf, sample } from './samples.ts';

const position = { line: 7, column: 3 };
const failing = sample.chen;
const facts = reportOf({
  mode: 'apply',
  plan: sample.plan,
  results: resultsOf([sample.birgit, 'applied'], [failing, 'failed', `Oomnitza answered 409: ${reserve('chen.wei@example.com is taken')}`], [sample.anna, 'not-attempted']),
  failure: new SyncError('record-failures', `1 change failed: ${reserve('Chen')}`, { hint: `Look at ${reserve('Chen', 'it')}.`, details: [reserve('Chen Wei')], problems: [{ message: reserve('Chen'), hint: reserve('Chen'), position }, { message: 'x', position }] }),
  checks: [{ name: 'Fields', detail: `found ${reserve('Chen')}` }],
  notices: [`Only ${reserve('chen@example.com', '1 person')} was read.`],
});

function everything(report: RunReport): string {
  return [renderSummary(report), ...renderLogSummary(report), ...renderCsv(report.plan, report.results), ...renderPlanJson(report.plan, report.results)].join('\n').replaceAll('<wbr>', '');
}

const personal = /birgit|chen|anna\.berg|dmitri|info@example|room-2|marketing|finance|\+47|8a9c1b2d|0815|"17"/i;

describe('a report', () => {
  test('in full is as it was', () => {
    const report = disclosed(facts, 'full');
    expect(report.plan?.entries).toEqual(sample.plan.entries);
    expect(everything(report)).toMatch(/Oomnitza answered 409&#58;|Oomnitza answered 409: chen\.wei@example\.com is taken/);
    expect(report.failure?.message).toBe('1 change failed: Chen');
  });

  test('that is masked names nobody, and shows fields and what became of whom', () => {
    const report = disclosed(facts, 'masked');
    expect(everything(report)).not.toMatch(personal);
    expect(report.failure).toMatchObject({ message: '1 change failed: [hidden]', hint: 'Look at it.', details: ['[hidden]'], problems: [{ message: '[hidden]', hint: '[hidden]', position }, { message: 'x', position }] });
    expect(report.notices).toEqual(['Only 1 person was read.']);
    const rows = [...renderCsv(report.plan, report.results)].join('').split('\r\n');
    expect(rows).toContain('create,failed,,,person 2,,email=[hidden],department,,[hidden],Oomnitza answered 409: [hidden]');
    expect(rows).toContain('update,not-attempted,,,person 3,,email=[hidden],phone_number,[hidden],,');
    expect(rows).toContain('skip,planned,invalid-value,,person 6,,email=[hidden],cost_center,[hidden],,`onPremisesExtensionAttributes` is an object');
  });

  test('of which nothing may be told has numbers alone', () => {
    const report = disclosed(facts, 'none');
    expect(everything(report)).not.toMatch(personal);
    const summary = renderSummary(report);
    expect(summary).not.toMatch(/department|unknown|Changes by field/);
    expect(summary).toContain('| To create | 2 |');
    expect(summary).toMatch(/### Single fields left out: 1[^]*A value cannot be used: 1 field\*\*/);
    expect(summary).toContain('| Oomnitza answered 409: &#91;hidden&#93; | 1 |');
    expect(renderLogSummary(report)).toContain('  1 failed');
  });

  test('says at any level of a failed change that the record was written', () => {
    const results = new Map([[failing, { status: 'failed', message: '', recordWritten: true } as const]]);
    for (const level of ['full', 'masked'] as const) expect(everything(disclosed({ ...facts, results }, level)).match(/"recordWritten":true/g)).toHaveLength(1);
    expect(everything(disclosed(facts, 'full'))).not.toContain('recordWritten');
  });

  test('for a comment is never full', () => {
    expect((['full', 'masked', 'none'] as const).map(levelOfComments)).toEqual(['masked', 'masked', 'none']);
  });

  test('without a plan stays without one', () => {
    for (const level of ['full', 'masked', 'none'] as const) expect(disclosed(reportOf({}), level)).toMatchObject({ plan: null, personalData: level });
  });
});

test('numbers count people, not rows, and go by their first row', () => {
  const two = entry({ entraId: 'B', userPrincipalName: 'b' });
  const plan = planOf([two, entry({ entraId: null, oomnitzaId: '9', userPrincipalName: null }), entry({ action: 'suspend', entraId: 'b', userPrincipalName: 'b' }), entry({ entraId: null, oomnitzaId: null, userPrincipalName: null, syncKey: 'email=x' })]);
  const names = disclosed(reportOf({ plan }), 'masked').plan?.entries.map(({ userPrincipalName }) => userPrincipalName);
  expect(names).toEqual(['person 1', 'person 2', 'person 1', 'person 3']);
});

describe('the story of one user', () => {
  const user: UserStory = {
    properties: [{ name: 'mail', value: 'ada@example.com' }, { name: 'city', value: null }],
    filter: { matches: false, clauses: [{ text: 'accountEnabled eq true', outcome: { matches: true } }, { text: 'x eq 1', outcome: { failure: `Graph says ${reserve('Ada')}` } }] },
    groups: [{ id: '11111111-2222-3333-4444-555555555555', name: 'Secret group', member: true }],
    devices: undefined,
    scope: [{ text: 'user.x', position, outcome: { failure: `the index ${reserve('4711')} is out of range` } }, { text: 'user.y', position, outcome: { holds: true, stumbled: false } }],
    rules: [{ field: 'email', origin: 'user', position, steps: [{ what: 'mail', outcome: { value: 'ada@example.com' } }, { what: 'expression', outcome: { failure: `no ${reserve('Ada')}` } }] }],
    match: {
      keys: [{ field: 'email', value: 'ada@example.com', found: [{ userId: '4711', username: 'ada', archived: true }] }, { field: 'username', value: '', found: [] }],
      record: undefined,
      fields: [{ field: 'email', before: null, after: 'ada@example.com', verdict: `not usable: ${reserve('Ada')}` }],
    },
    isWritten: true,
    outcome: [`The record${reserve(' `ada`', '')} would get an update.`],
  };
  const storyAt = (level: PersonalData, told: UserStory | undefined = user): string => {
    const report = disclosed(reportOf({ plan: planOf([]), explanation: { asked: 'ada@example.com', user: told } }), level);
    return [renderSummary(report), ...renderLogSummary(report)].join('\n').replaceAll('<wbr>', '').replaceAll(/&#(\d+);/g, (_whole, code: string) => String.fromCodePoint(Number(code)));
  };

  test('is told in full', () => {
    expect(storyAt('full')).toMatch(/ada@example.com, explained[^]*11111111-2222[^]*the index 4711 is out[^]*The record `ada` would get an update/);
  });

  test('is masked with its conditions, rules and verdicts', () => {
    const told = storyAt('masked');
    expect(told).not.toMatch(/ada\b|4711|11111111/i);
    expect(told).toContain('person 1, explained');
    for (const line of ['`mail` | "[hidden]"', '`city` | empty', '`source.groups`: `group 1` | is a member', '`mail` → "[hidden]"', 'the index [hidden] is out of range', '`[hidden]` (id [hidden], archived)', '`email` | empty | "[hidden]" | not usable: [hidden]', 'The record would get an update.']) expect(told).toContain(line);
  });

  test('is not told where nothing may be', () => {
    for (const told of [storyAt('none'), storyAt('none', undefined)]) {
      expect(told).not.toMatch(/ada\b|4711|mail/i);
      expect(told).toContain('Nothing is told of a single user');
    }
  });

  test('of nobody is told without the name', () => {
    expect(storyAt('full', undefined)).toContain('ada@example.com, explained');
    expect(storyAt('masked', undefined)).not.toMatch(/ada\b/);
  });
});
