/*
 * No expression may hold a run for more than a second, whatever it says and whatever a user's properties are. Reading
 * and compiling are bounded by the size of the text, evaluating by an amount of work.
 */

/** UTF-16 units of an expression. */
export const maxExpressionLength = 10_000;

/** How deep operators, calls and brackets may stand inside each other: each level takes a few frames of the stack. */
export const maxDepth = 250;

/** Elements of a list and entries of a map that an expression spells out. */
export const maxLiteralSize = 1_000;

/** UTF-16 units of a text that an expression makes, and elements of a list. */
export const maxMadeSize = 100_000;

/** Units of work that one evaluation may take; a unit takes 0.1 µs or less. */
export const workBudget = 2_000_000;

/**
 * Units of work that go into evaluating the parts of one expression of which no user has a say, while it is compiled. What
 * takes more is left for the evaluation.
 */
export const foldingBudget = 200_000;

/** UTF-16 units of a regular expression. */
export const maxPatternLength = 1_000;

/** Instructions that a regular expression compiles to, and all of one expression together. */
export const maxPatternSize = 1_000;
export const maxPatternSizeTogether = 5_000;
