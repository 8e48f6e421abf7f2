import type { HttpAnswer } from '../http/index.ts';

/**
 * The tokens against forged requests that some instances give and want back with each write. One belongs to the sign-in
 * that got it, so that a renewed sign-in has to ask for its own.
 */
export class CsrfTokens {
  /** By the token that signed in. */
  readonly #known = new Map<string, string>();
  #underway: Promise<unknown> | undefined;
  readonly #onSecret: (secret: string) => void;

  /** @param onSecret told of each token before it is used */
  constructor(onSecret: (secret: string) => void) {
    this.#onSecret = onSecret;
  }

  keep(token: string, answer: HttpAnswer): void {
    const given = answer.headers.get('x-csrf-token');
    if (given === null || given === this.#known.get(token)) return;
    this.#onSecret(given);
    this.#known.set(token, given);
  }

  /** The one to send; `undefined` where the instance has given none. */
  known(token: string): string | undefined {
    return this.#known.get(token);
  }

  /**
   * Asks for a new one in place of one that was not taken, unless another call, or the refusal itself, has got it already.
   *
   * @param refused the one that was not taken; `undefined` where none was sent
   * @param ask as of {@link renew}
   * @returns whether there is another now
   */
  async replace(token: string, refused: string | undefined, ask: () => Promise<unknown>): Promise<boolean> {
    if (this.known(token) === refused) {
      this.#underway ??= ask().finally(() => { this.#underway = undefined; });
      await this.#underway;
    }
    return this.known(token) !== refused;
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
