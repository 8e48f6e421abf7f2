import { logLine, type Repository, type RunEvent, type Visibility } from '../github/index.ts';
import type { Inputs } from '../inputs/index.ts';
import type { PersonalData } from '../report/index.ts';
import type { Run } from './run.ts';

const byVisibility: Readonly<Record<Visibility, PersonalData>> = { private: 'full', internal: 'masked', public: 'none' };

/** Decides how much the run tells of people; until then it tells nothing. `auto` goes by who can see the repository. */
export async function decidePersonalData(run: Run, { personalData }: Inputs, event: RunEvent, repository: Repository): Promise<void> {
  if (personalData !== 'auto') {
    run.personalData = personalData;
    return;
  }
  const visibility = await visibilityOf(run, event, repository);
  if (visibility === undefined) return;
  run.personalData = byVisibility[visibility];
  if (run.personalData !== 'full') logLine(`Personal data: ${run.personalData}, since this repository is ${visibility}. The input \`personal-data\` decides otherwise.`);
}

/** A re-run comes with the event of the first attempt, and the repository may have been opened since. */
async function visibilityOf(run: Run, event: RunEvent, repository: Repository): Promise<Visibility | undefined> {
  if (event.visibility !== undefined && event.attempt === '1') return event.visibility;
  try {
    const visibility = await repository.visibility();
    if (visibility !== undefined) return visibility;
    unknown(run, 'GitHub does not say it');
  } catch (thrown) {
    run.signal.throwIfAborted();
    unknown(run, thrown instanceof Error ? thrown.message : String(thrown));
  }
  return undefined;
}

function unknown(run: Run, why: string): void {
  run.notice(`Nothing is told of people, since it is not known who can see this repository (${why}). Where that may be told, set the input \`personal-data\`.`);
}
