import { existsSync, readFileSync } from 'node:fs';
import { isRecord } from '../http/exchange.ts';

/** What a process used of the machine. */
export interface ResourceUse {
  readonly cpuMs: number;
  readonly maxRssBytes: number;
}

const REPORT_VARIABLE = 'SANDBOX_RESOURCE_REPORT';

// Plain JavaScript in the argument itself: a TypeScript file would load the type stripper into the measured process.
const PRELOAD = `import { writeFileSync } from 'node:fs';
const file = process.env.${REPORT_VARIABLE};
delete process.env.${REPORT_VARIABLE};
process.on('exit', () => writeFileSync(file, JSON.stringify(process.resourceUsage())));`;

/** Arguments for Node and environment with which a process writes down at its end what it used. */
export function measuring(file: string): { args: string[]; environment: Record<string, string> } {
  return {
    args: ['--import', `data:text/javascript,${encodeURIComponent(PRELOAD)}`],
    environment: { [REPORT_VARIABLE]: file },
  };
}

/** Reads what was written down; undefined when the process was killed before it could. */
export function readResourceUse(file: string): ResourceUse | undefined {
  if (!existsSync(file)) return undefined;
  const use: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isRecord(use)) return undefined;
  const microseconds = Number(use['userCPUTime']) + Number(use['systemCPUTime']);
  return { cpuMs: microseconds / 1000, maxRssBytes: Number(use['maxRSS']) * 1024 };
}
