import { unfilledFields } from '../config/index.ts';
import type { Plan } from '../plan/index.ts';
import type { Run } from './run.ts';

const mostNamed = 10;

/** Tells, before anybody is created in vain, of fields that the instance demands of new people and nothing fills. */
export function noticeUnfilled(run: Run, { counts }: Plan): void {
  const { fields, resolved } = run;
  if (resolved === undefined || counts.create === 0) return;
  const unfilled = unfilledFields(fields, [...resolved.rules, ...resolved.defaults].map(({ field }) => field));
  if (unfilled.length === 0) return;
  const more = unfilled.length - mostNamed;
  const names = `${unfilled.slice(0, mostNamed).map(({ name }) => name).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  run.notice(`The instance says that it demands of new people what neither a rule nor \`defaults\` gives: ${names}. It may refuse to create anybody without.`);
}
