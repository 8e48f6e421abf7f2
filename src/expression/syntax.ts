/** What every part of an expression's tree has. */
interface Common {
  /** Where it starts in the text. */
  readonly start: number;
  /** Levels of the tree from here down. */
  readonly depth: number;
}

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in';
export type BinaryOperator = ComparisonOperator | '+' | '-' | '*' | '/' | '%';

/** A value that stands in the text itself. */
export interface LiteralNode extends Common {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
  /** Tells `1` from `1.0`. */
  readonly type: 'text' | 'integer' | 'decimal' | 'boolean' | 'null';
}

export interface NameNode extends Common {
  readonly kind: 'name';
  readonly name: string;
}

export interface SelectNode extends Common {
  readonly kind: 'select';
  readonly object: Node;
  readonly property: string;
  /** Where the property's name stands. */
  readonly at: number;
}

export interface IndexNode extends Common {
  readonly kind: 'index';
  readonly list: Node;
  readonly index: Node;
  /** Where the bracket stands. */
  readonly at: number;
}

export interface CallNode extends Common {
  readonly kind: 'call';
  /** What stands before the dot of `target.name(…)`. */
  readonly target: Node | undefined;
  readonly name: string;
  readonly parameters: readonly Node[];
  /** Where the function's name stands. */
  readonly at: number;
}

export interface UnaryNode extends Common {
  readonly kind: 'unary';
  readonly operator: '!' | '-';
  readonly operand: Node;
}

export interface BinaryNode extends Common {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Node;
  readonly right: Node;
  /** Where the operator stands. */
  readonly at: number;
}

/** `a && b && c` or `a || b || c`. */
export interface LogicNode extends Common {
  readonly kind: 'logic';
  readonly operator: '&&' | '||';
  readonly operands: readonly Operand[];
}

/** One of the conditions that are joined; its place includes its parentheses. */
export interface Operand extends Span {
  readonly node: Node;
}

/** A part of the text: its first character, and the one behind its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** `condition ? then : otherwise`. */
export interface ChoiceNode extends Common {
  readonly kind: 'choice';
  readonly condition: Node;
  readonly then: Node;
  readonly otherwise: Node;
}

export interface ListNode extends Common {
  readonly kind: 'list';
  readonly elements: readonly Node[];
}

export interface MapNode extends Common {
  readonly kind: 'map';
  readonly entries: readonly { readonly key: Node; readonly value: Node }[];
}

/** An expression as written, taken apart. Macros are calls here. */
export type Node =
  | LiteralNode
  | NameNode
  | SelectNode
  | IndexNode
  | CallNode
  | UnaryNode
  | BinaryNode
  | LogicNode
  | ChoiceNode
  | ListNode
  | MapNode;
