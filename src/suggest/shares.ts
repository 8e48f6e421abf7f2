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

/** What a sample was taken from. */
export interface SampledFrom {
  /** The sample is the whole directory. */
  readonly isWhole: boolean;
  /** Only enabled users were asked for. */
  readonly isEnabledOnly: boolean;
}

export function sharesOf(users: readonly SampledUser[], { isWhole, isEnabledOnly }: SampledFrom): Shares {
  const count = (condition: (user: SampledUser) => boolean): number => users.filter(condition).length;
  return {
    users: users.length,
    guests: count((user) => user['userType'] === 'Guest'),
    disabled: isEnabledOnly ? undefined : count((user) => user['accountEnabled'] === false),
    withoutMail: count((user) => user['mail'] === null || user['mail'] === undefined || user['mail'] === ''),
    isSample: !isWhole,
  };
}
