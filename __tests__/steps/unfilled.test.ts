import { expect, test } from '@jest/globals';
import { parseSyncFile } from '../../src/config/index.ts';
import { unknownField } from '../../src/instance-field/index.ts';
import { emptyPlan } from '../../src/steps/plan-file.ts';
import { Run } from '../../src/steps/run.ts';
import { noticeUnfilled } from '../../src/steps/unfilled.ts';
import { captureLog } from '../support/github.ts';

captureLog();

/** What is said of a plan that creates so many people, where the instance demands these fields. */
async function noticesOn(creates: number, required: readonly string[], more = ''): Promise<readonly string[]> {
  const run = new Run();
  const syncFile = parseSyncFile(`version: 1\nsync-keys: [email]\n${more}`);
  run.resolved = syncFile;
  run.fields = new Map(required.map((name) => [name, { ...unknownField(name), required: true }]));
  const plan = await emptyPlan(syncFile);
  noticeUnfilled(run, { ...plan, counts: { ...plan.counts, create: creates } });
  run.interruption.close();
  return run.notices;
}

test('fields that the instance demands of new people, and that nothing fills, are told of before anybody is created', async () => {
  expect(await noticesOn(3, ['badge', 'zone'], 'fields: { zone: city }\n')).toEqual([
    'The instance says that it demands of new people what neither a rule nor `defaults` gives: badge. It may refuse to create anybody without.',
  ]);
  const [many] = await noticesOn(1, Array.from({ length: 12 }, (_none, number) => `x${number}`));
  expect(many).toContain('x8, x9 and 2 more.');
});

test('nothing is said where nobody is created, or everything is filled', async () => {
  expect(await noticesOn(0, ['badge'])).toEqual([]);
  expect(await noticesOn(3, ['username', 'email', 'role', 'position', 'badge', 'user_id'], 'defaults: { role: 25, badge: none }\nfields: { position: jobTitle }\n')).toEqual([]);
});
