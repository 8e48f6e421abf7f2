/** What is wrong with an expression, and where. */
export interface ExpressionFault {
  /** What is wrong, in one sentence that names what was found. */
  readonly message: string;
  /** What to write instead. */
  readonly hint: string;
  /** Index in the expression's text of the first character that is wrong, in UTF-16 units. */
  readonly offset: number;
}

/** Ends the reading of an expression that is no good CEL. Never leaves this room. */
export class SyntaxFault extends Error {
  readonly fault: ExpressionFault;

  constructor(message: string, hint: string, offset: number) {
    super(message);
    this.fault = { message, hint, offset };
  }
}
