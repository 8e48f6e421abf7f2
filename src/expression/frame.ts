import { maxMadeSize, workBudget } from './limits.ts';
import { Failure, type DirectoryObject, type Outcome, type Value } from './value.ts';

const tooMuchWork = new Failure('the expression takes too much work for this user');
const tooLarge = new Failure(`the expression makes a text or list of more than ${maxMadeSize} characters or elements`);

/** What one evaluation of an expression knows and may still spend. */
export class Frame {
  readonly user: DirectoryObject;
  /** What the variable of the macro at work stands for; macros do not nest, so that there is at most one. */
  element: Value = null;
  #work: number;

  /** @param work units that may be spent */
  constructor(user: DirectoryObject, work = workBudget) {
    this.user = user;
    this.#work = work;
  }

  /** Units that may still be spent; negative when an evaluation ended for having spent too much. */
  get left(): number {
    return this.#work;
  }

  /** Accounts for work; a failure when there was too much of it. */
  spend(work: number): Failure | undefined {
    this.#work -= work;
    return this.#work < 0 ? tooMuchWork : undefined;
  }
}

/** A part of an expression, ready to be evaluated. Never throws. */
export type Run = (frame: Frame) => Outcome;

/** Refuses to make a text or a list that is too large. */
export function sizeFailure(size: number): Failure | undefined {
  return size > maxMadeSize ? tooLarge : undefined;
}
