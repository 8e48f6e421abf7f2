/** Why a field does not take a value, in words that do not tell the value. */
export class Misfit {
  readonly reason: 'invalid-value' | 'invalid-option';
  /** Completes the sentence "the field …". */
  readonly message: string;
  /** What it takes instead, as a sentence. */
  readonly hint: string;

  constructor(reason: Misfit['reason'], message: string, hint: string) {
    this.reason = reason;
    this.message = message;
    this.hint = hint;
  }
}
