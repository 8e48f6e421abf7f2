import { limitNames, type Limit, type LimitName, type SyncFile } from '../config/index.ts';
import { SyncError } from '../errors.ts';
import type { Inputs } from '../inputs/index.ts';
import type { LimitCheck, Plan } from '../plan/index.ts';
import type { Run } from './run.ts';

/**
 * Lets a plan through that keeps to its limits, or whose limits the input `override-limits` lifts.
 *
 * @throws SyncError `limits-exceeded`
 */
export function holdLimits(run: Run, { overrideLimits }: Inputs, { limits }: SyncFile, plan: Plan): void {
  // What a proposal's base exceeds as well is no reason to refuse the proposal.
  const anyway = new Set(run.comparison?.limitsAnyway.map(({ name }) => name));
  const exceeded = plan.limits.filter(({ exceeded, name }) => exceeded && !anyway.has(name));
  if (exceeded.length === 0) return;
  const sentences = exceeded.map(limitSentence);
  if (overrideLimits) {
    run.warn(`LIMITS OVERRIDDEN by the input \`override-limits\`: ${sentences.join('; ')}.`);
    return;
  }
  const ways = limitNames.filter((name) => exceeded.some((check) => check.name === name)).map((name) => wayOf(name, limits[name]));
  throw new SyncError('limits-exceeded', `The plan exceeds ${exceeded.length === 1 ? 'a limit' : `${exceeded.length} limits`}: ${sentences.join('; ')}. Nothing was written.`, {
    hint: `Read the plan. If it is right, set the input \`override-limits: true\` for one run, or raise the limit for all runs: ${ways.join('; ')}.`,
  });
}

/** By how much a plan exceeds a limit, in numbers. */
export function limitSentence({ name, limit, base, actual }: LimitCheck): string {
  // Whom nobody has yet is no part of the records, and may be several times as many.
  if (name === 'creates') return `${actual} people to create, with ${base} records that the sync is about, and \`creates\` allows ${limit}`;
  const share = base === 0 ? '' : `, which is ${((100 * actual) / base).toFixed(1)}%`;
  return `${words[name] ?? name}: ${actual} of ${base} records${share}, and \`${name}\` allows ${limit}`;
}

const words: Readonly<Record<string, string>> = {
  updates: 'people of whom a value changes',
  suspends: 'people to suspend',
  restores: 'people to restore',
  shrink: 'records whose user the directory did not give',
};

function wayOf(name: LimitName, { position, text }: Limit): string {
  return position === undefined ? `\`limits.${name}\` in the sync file, which has the default ${text}` : `\`limits.${name}\` in line ${position.line} of the sync file`;
}
