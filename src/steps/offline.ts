import type { RunEvent } from '../github/index.ts';
import type { Run } from './run.ts';

/** Says, where neither side may be asked, what is not shown because of that and how a maintainer comes by it. */
export function tellOffline(run: Run, { untrusted, name }: RunEvent): void {
  if (untrusted === undefined) return;
  const whose = name === 'pull_request_target' ? ', which was fetched as data,' : '';
  run.notice(
    `This is ${untrusted}: its sync file${whose} is checked by itself, and neither Microsoft nor Oomnitza is asked, so what it would change is not shown. A maintainer who has read it puts the sync file, and nothing else of it, on a branch of this repository, and plans it there: by a draft pull request, which tells apart what the sync file causes, or by starting the workflow of the sync by hand on that branch (\`workflow_dispatch\`, \`mode: plan\`).`,
  );
}
