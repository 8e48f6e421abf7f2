import { endGroup, error, info, setFailed, startGroup, warning } from '@actions/core';
import type { Problem } from '../errors.ts';
import { forLog, mostAnnotations } from '../report/index.ts';
import { withheld } from '../reserved.ts';

/**
 * One line of the job log; what it quotes from users can form no workflow command, and what it has reserved is not shown: a
 * caller that may show it has it revealed.
 */
export function logLine(text: string): void {
  info(forLog(withheld(text)));
}

/** A line that GitHub also shows on the page of the run. */
export function logWarning(text: string): void {
  warning(forLog(withheld(text)));
}

/** Runs a step of the pipeline inside a group of log lines that can be folded. */
export async function inGroup<Value>(name: string, step: () => Promise<Value>): Promise<Value> {
  startGroup(name);
  try {
    return await step();
  } finally {
    endGroup();
  }
}

/** Marks problems of the sync file at their lines, also in the diff of a pull request. */
export function annotateProblems(file: string, problems: readonly Problem[]): void {
  for (const { message, hint, position } of problems.slice(0, mostAnnotations)) {
    const text = hint === undefined ? message : `${message} ${hint}`;
    error(forLog(withheld(text)), { title: 'Sync file', file, startLine: position.line, startColumn: position.column });
  }
}

/** Marks a place of the sync file that a user should look at though nothing is wrong. */
export function annotateWarning(file: string, { message, hint = '', position }: Problem): void {
  warning(forLog(withheld(`${message} ${hint}`.trim())), { title: 'Sync file', file, startLine: position.line, startColumn: position.column });
}

/** Fails the step, with a message that GitHub shows on the page of the run. */
export function failRun(message: string): void {
  // It may name every input at once.
  setFailed(forLog(withheld(message), 4000));
}
