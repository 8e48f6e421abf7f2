import type { HttpAnswer } from '../http/index.ts';

/**
 * The tokens against forged requests that some instances give and want back with each write. One belongs to the sign-in
 * that got it, so that a renewed sign-in has to ask for its own.
 */
export class CsrfTokens {
  /** By the token that signed in. */
  readonly #known = new Map<string, string>();
  #underway: Promise<unknown> | undefined;

  keep(token: string, answer: HttpAnswer): void {
    const given = answer.headers.get('x-csrf-token');
    if (given !== null) this.#known.set(token, given);
  }

  headers(token: string): Readonly<Record<string, string>> {
    const known = this.#known.get(token);
    return known === undefined ? {} : { 'x-csrf-token': known };
  }

  /**
   * Sees to it that a renewed token has one, where the token before it had.
   *
   * @param ask makes a call whose answer is known to carry one
   */
  async renew(token: string, ask: () => Promise<unknown>): Promise<void> {
    const last = [...this.#known.values()].at(-1);
    if (last === undefined || this.#known.has(token)) return;
    this.#underway ??= ask().finally(() => { this.#underway = undefined; });
    await this.#underway;
    // An instance that gives none now may have meant the old one for good.
    if (!this.#known.has(token)) this.#known.set(token, last);
  }
}
