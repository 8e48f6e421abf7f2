import type { SampledUser } from './pairs.ts';

/** How many users of the directory a filter may be about; `undefined` where it is not known. */
export interface Shares {
  /** Of how many. */
  readonly users: number;
  readonly guests: number | undefined;
  readonly disabled: number | undefined;
  readonly withoutMail: number | undefined;
  /** They are of the sample, which is not the whole directory. */
  readonly isSample: boolean;
}

/** The conditions by which Graph counts them, in the terms of its `$filter`. */
export const countedBy = { guests: "userType eq 'Guest'", disabled: 'accountEnabled eq false', withoutMail: 'mail eq null' } as const;

/** @param isWhole whether the sample is the whole directory; else it holds enabled users alone */
export function sharesOf(users: readonly SampledUser[], isWhole: boolean): Shares {
  const count = (condition: (user: SampledUser) => boolean): number => users.filter(condition).length;
  return {
    users: users.length,
    guests: count((user) => user['userType'] === 'Guest'),
    disabled: isWhole ? count((user) => user['accountEnabled'] === false) : undefined,
    withoutMail: count((user) => user['mail'] === null || user['mail'] === undefined || user['mail'] === ''),
    isSample: !isWhole,
  };
}
