import { compileIndex, compileName, compileSelect } from './access.ts';
import { compileBinary, compileCall, compileNegation } from './calls.ts';
import { compileEquality, compileIn } from './comparison.ts';
import type { FunctionTable } from './function-table.ts';
import { compileList, compileLiteral, compileMap } from './literals.ts';
import { foldingBudget } from './limits.ts';
import { compileChoice, compileLogic, compileNot } from './logic.ts';
import { Scope, type Compiled, type Findings } from './scope.ts';
import type { BinaryNode, Node } from './syntax.ts';

/** Checks the types of an expression and makes closures of its parts, both in one walk over its tree. */
export function compileTree(root: Node, functions: FunctionTable): { readonly compiled: Compiled; readonly findings: Findings } {
  const findings: Findings = { faults: [], properties: new Map(), functions: new Set(), foldingWork: foldingBudget, patternSize: 0 };
  return { compiled: compileNode(root, new Scope(functions, findings, compileNode)), findings };
}

function compileNode(node: Node, scope: Scope): Compiled {
  switch (node.kind) {
    case 'literal':
      return compileLiteral(node);
    case 'name':
      return compileName(node, scope);
    case 'select':
      return compileSelect(node, scope);
    case 'index':
      return compileIndex(node, scope);
    case 'call':
      return compileCall(node, scope);
    case 'unary':
      return node.operator === '!' ? compileNot(node, scope) : compileNegation(node, scope);
    case 'binary':
      return compileOperator(node, scope);
    case 'logic':
      return compileLogic(node, scope);
    case 'choice':
      return compileChoice(node, scope);
    case 'list':
      return compileList(node, scope);
    case 'map':
      return compileMap(node, scope);
  }
}

function compileOperator(node: BinaryNode, scope: Scope): Compiled {
  if (node.operator === '==' || node.operator === '!=') return compileEquality(node, scope);
  return node.operator === 'in' ? compileIn(node, scope) : compileBinary(node, scope);
}
