/** Number of the pull request that events are about. */
export const PULL_REQUEST = 7;

/** The commits that events are about. */
export const COMMITS = {
  /** What a run is of: of a pull request, the commit that GitHub made to try the merge. */
  run: '5f3c1b0e8d7a4926b1c0d9e8f7a6b5c4d3e2f1a0',
  /** The branch as it is without what is proposed. */
  base: '0a1f2e3d4c5b6a7f8e9d0c1b6294a7d8e0b1c3f5',
  /** What is proposed. */
  head: 'c0ffee5a7b8d9e0f1a2b3c4d5e6f708192a3b4c5',
} as const;
