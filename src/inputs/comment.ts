import { getInput } from '@actions/core';
import { commentRules, type CommentRule } from './inputs.ts';
import { readSyncFilePath } from './sync-file-path.ts';

/** What it takes to bring the comment on a pull request up to date. */
export interface CommentInputs {
  readonly comment: CommentRule;
  readonly githubToken: string;
  readonly syncFile: string;
  /** As it was given, be it no mode at all. */
  readonly mode: string;
  readonly explain: string;
}

/** The inputs of the comment, read even where inputs are what the run failed for; a wrong rule is the default one. */
export function readCommentInputs(): CommentInputs {
  const given = getInput('comment');
  return {
    comment: commentRules.find((rule) => rule === given) ?? commentRules[0],
    githubToken: getInput('github-token'),
    syncFile: readSyncFilePath(),
    mode: getInput('mode'),
    explain: getInput('explain'),
  };
}
