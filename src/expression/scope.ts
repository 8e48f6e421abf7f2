import type { ExpressionFault } from './fault.ts';
import { Frame, type Run } from './frame.ts';
import type { FunctionTable } from './function-table.ts';
import type { Node } from './syntax.ts';
import { anything, type Type } from './types.ts';
import { Failure, isTrouble, stumble, type Value } from './value.ts';

/** A part of an expression after compiling. */
export interface Compiled {
  readonly type: Type;
  readonly run: Run;
  /** Its value, where no user has a say in it. */
  readonly constant?: Value;
  /** Where it starts in the text. */
  readonly start: number;
  /** Parts that it consists of: what evaluating it takes. */
  readonly size: number;
}

/** What the variable of a macro is called, and what it stands for. */
export interface Variable {
  readonly name: string;
  readonly type: Type;
}

/** What all parts of one expression are compiled with, and what comes of it beside them. */
export interface Findings {
  readonly faults: ExpressionFault[];
  /** Root properties of the user that are read, each with its first place. */
  readonly properties: Map<string, number>;
  /** Functions that are called and are not CEL's own. */
  readonly functions: Set<string>;
  /** Units of work that may still go into folding. */
  foldingWork: number;
  /** Instructions of all regular expressions together. */
  patternSize: number;
}

/** Where a part of an expression stands. */
export class Scope {
  readonly functions: FunctionTable;
  readonly findings: Findings;
  /** Inside of a macro. */
  readonly variable: Variable | undefined;
  readonly #compile: (node: Node, scope: Scope) => Compiled;

  constructor(functions: FunctionTable, findings: Findings, compile: (node: Node, scope: Scope) => Compiled, variable?: Variable) {
    this.functions = functions;
    this.findings = findings;
    this.variable = variable;
    this.#compile = compile;
  }

  compile(node: Node): Compiled {
    return this.#compile(node, this);
  }

  /** The inside of a macro. */
  within(variable: Variable): Scope {
    return new Scope(this.functions, this.findings, this.#compile, variable);
  }

  /**
   * Notes what is wrong. What it returns stands in for the part that could not be compiled: its type is unknown, so
   * that nothing around it is blamed as well.
   */
  refuse(offset: number, message: string, hint: string): Compiled {
    this.findings.faults.push({ message, hint, offset });
    return { type: anything, run: () => stumble, start: offset, size: 1 };
  }

  /**
   * Evaluates at once what no user has a say in. What fails then would fail for every user: a fault at `offset`.
   *
   * @param operands all parts that the value depends on
   */
  folded(part: Compiled, operands: readonly Compiled[], offset: number): Compiled {
    if (operands.some(({ constant }) => constant === undefined)) return part;
    const frame = new Frame({}, this.findings.foldingWork);
    const outcome = part.run(frame);
    this.findings.foldingWork = Math.max(frame.left, 0);
    if (frame.left < 0) return part;
    if (outcome instanceof Failure) return this.refuse(offset, `This always fails: ${outcome.message}.`, 'Correct the values that stand here.');
    return isTrouble(outcome) ? part : constantPart(part.type, outcome, part.start);
  }

  noteProperty(name: string, offset: number): void {
    const { properties } = this.findings;
    if (!properties.has(name)) properties.set(name, offset);
  }
}

/** A part whose value is known. */
export function constantPart(type: Type, constant: Value, start: number, size = 1): Compiled {
  return { type, constant, run: () => constant, start, size };
}

/** What several parts and one operation on them take. */
export function sizeOfParts(parts: readonly Compiled[]): number {
  return parts.reduce((sum, { size }) => sum + size, 1);
}
