/** What became of one planned change. */
export interface WriteResult {
  readonly status: 'applied' | 'failed' | 'not-attempted';
  /** Why, where it was not applied. */
  readonly message: string;
}
