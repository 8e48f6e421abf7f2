import type { Issue } from '../../../sandbox/index.ts';

/** An issue as a golden file has it: the same whenever the run was. */
export function issueText({ title, body, state, labels, assignees, comments }: Issue): string {
  return [
    `${title} (${state}, labelled ${labels.join(', ')}, assigned to ${assignees.join(', ') || 'nobody'})`,
    body,
    ...comments.map((comment) => `── comment\n${comment}`),
  ]
    .join('\n')
    .replaceAll(/\d{4}-\d\d-\d\d(?:T[\d:.]+Z| \d\d:\d\d UTC)/g, '<time>');
}
