export { compileExpression, type CompiledExpression, type Evaluation, type Purpose } from './expression.ts';
export type { ExpressionFault } from './fault.ts';
export type { Argument, ExpressionFunction, ParameterType } from './function-table.ts';
export { commentsIn } from './tokens.ts';
export { maxExpressionLength } from './limits.ts';
export type { ExpressionValue } from './result.ts';
export { Failure } from './value.ts';
