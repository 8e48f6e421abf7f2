import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { writeGenerated } from './generated-file.ts';

/**
 * Writes src/graph-user/properties.generated.ts: the properties of Microsoft Graph's `user` and of Intune's managed device
 * with their types, read from the declarations of @microsoft/microsoft-graph-types. These say less than Graph's own metadata: a date is a `string`
 * there, and an integer a `number`, so names and comments decide the first, and {@link numberType} the second.
 */
const folder = dirname(createRequire(import.meta.url).resolve('@microsoft/microsoft-graph-types/package.json'));
const declarations = join(folder, 'microsoft-graph.d.ts');
const version = /"version": "([^"]+)"/.exec(readFileSync(join(folder, 'package.json'), 'utf8'))?.[1] ?? 'unknown';

const program = ts.createProgram([declarations], { strict: true, noLib: true, types: [] });
const checker = program.getTypeChecker();
const source = program.getSourceFile(declarations);
if (source === undefined) throw new Error(`${declarations} cannot be read`);

const interfaces = new Map<string, ts.InterfaceDeclaration>();
source.forEachChild((node) => {
  if (ts.isInterfaceDeclaration(node)) interfaces.set(node.name.text, node);
});

/** A declared type, unwrapped to what matters here. */
interface Shape {
  readonly isList: boolean;
  readonly node: ts.TypeNode;
}

/** All numbers of the types that a user or a device has are whole in Graph's metadata; a new one stops the generator. */
const integers = new Set(['deviceEnrollmentLimit', 'freeStorageSpaceInBytes', 'resetCount', 'restartCount', 'totalStorageSpaceInBytes']);
/** How the comments say that a list of devices has nothing but the default of a property. */
const notInLists = /\bget call\b/i;
const objects = new Map<string, Map<string, string>>();
const relationships: string[] = [];
const properties = propertiesOf('User', (name) => relationships.push(name));
const deviceProperties = propertiesOf('ManagedDevice', () => undefined);

function declarationOf(name: string): ts.InterfaceDeclaration {
  const declaration = interfaces.get(name);
  if (declaration === undefined) throw new Error(`There is no interface ${name} in ${declarations}`);
  return declaration;
}

function ancestorsOf(name: string): readonly string[] {
  const parents = declarationOf(name).heritageClauses?.flatMap(({ types }) => types.map(({ expression }) => expression.getText())) ?? [];
  return parents.flatMap((parent) => [parent, ...ancestorsOf(parent)]);
}

/** The properties of an interface and of all it extends; an entity among them is a relationship, which no `$select` can name. */
function propertiesOf(name: string, relationship: (property: string) => void): Map<string, string> {
  const found = new Map<string, string>();
  for (const owner of [name, ...ancestorsOf(name)]) {
    for (const member of declarationOf(owner).members) {
      if (!ts.isPropertySignature(member) || member.type === undefined || !ts.isIdentifier(member.name)) continue;
      const property = member.name.text;
      if (notInLists.test(commentOf(member))) continue;
      const type = notationOf(property, member);
      if (type === undefined) relationship(property);
      else if (!found.has(property)) found.set(property, type);
    }
  }
  return found;
}

function notationOf(property: string, member: ts.PropertySignature): string | undefined {
  if (member.type === undefined) return undefined;
  const { isList, node } = shapeOf(member.type);
  const type = simpleNotation(property, node, commentOf(member)) ?? objectNotation(node);
  return type === undefined ? undefined : `${type}${isList ? '[]' : ''}`;
}

function shapeOf(node: ts.TypeNode): Shape {
  if (ts.isArrayTypeNode(node)) return { isList: true, node: shapeOf(node.elementType).node };
  const [argument] = ts.isTypeReferenceNode(node) ? (node.typeArguments ?? []) : [];
  return argument === undefined ? { isList: false, node } : shapeOf(argument);
}

function simpleNotation(property: string, node: ts.TypeNode, comment: string): string | undefined {
  const type = checker.getTypeFromTypeNode(node);
  if (type.flags & (ts.TypeFlags.Boolean | ts.TypeFlags.BooleanLiteral)) return 'boolean';
  if (type.flags & ts.TypeFlags.Number) return numberType(property);
  if (type.flags & ts.TypeFlags.Any) return 'any';
  if (type.flags & ts.TypeFlags.String) return /Date(?:Time)?$/.test(property) || /ISO 8601/.test(comment) ? 'date-time' : 'text';
  // Enumerations are unions of string literals.
  if (type.isUnion() && type.types.every((member) => member.isStringLiteral())) return 'text';
  return undefined;
}

function numberType(property: string): string {
  if (!integers.has(property)) throw new Error(`Is ${property} an integer or not? Graph's metadata says; add it to the generator.`);
  return 'integer';
}

function objectNotation(node: ts.TypeNode): string | undefined {
  const name = node.getText();
  if (ancestorsOf(name).includes('Entity')) return undefined;
  if (!objects.has(name)) {
    objects.set(name, new Map());
    // An entity inside a complex type is not returned with it.
    objects.set(name, propertiesOf(name, () => undefined));
  }
  if (objects.get(name)?.size !== 0) return name;
  // Declared without any member it is an open type, whose properties each tenant defines; else it leads to entities alone.
  return declarationOf(name).members.length === 0 ? 'any' : undefined;
}

function commentOf(member: ts.PropertySignature): string {
  const text = member.getSourceFile().text;
  const ranges = ts.getLeadingCommentRanges(text, member.pos) ?? [];
  return ranges.map(({ pos, end }) => text.slice(pos, end)).join(' ');
}

/** By name, with `extensionAttribute2` before `extensionAttribute10`. */
const collator = new Intl.Collator('en', { numeric: true });

function tableOf(table: ReadonlyMap<string, string>, indent: string): string {
  const lines = [...table].sort(([left], [right]) => collator.compare(left, right)).map(([name, type]) => `${indent}  ${name}: '${type}',`);
  return ['{', ...lines, `${indent}}`].join('\n');
}

const objectTables = [...objects]
  .filter(([, table]) => table.size > 0)
  .sort(([left], [right]) => collator.compare(left, right))
  .map(([name, table]) => `  ${name}: ${tableOf(table, '  ')},`);

writeGenerated(
  resolve(import.meta.dirname, '../src/graph-user/properties.generated.ts'),
  [
    `// Made from @microsoft/microsoft-graph-types ${version} by scripts/generate-graph-user.ts.`,
    '',
    '/** Properties of a user in Microsoft Graph v1.0: name and type. */',
    `export const userProperties = ${tableOf(properties, '')};`,
    '',
    '/** Properties of a managed device that a list of devices returns. */',
    `export const deviceProperties = ${tableOf(deviceProperties, '')};`,
    '',
    '/** Relationships of a user: `$select` cannot name them. */',
    `export const userRelationships = [\n${[...relationships].sort().map((name) => `  '${name}',`).join('\n')}\n];`,
    '',
    '/** The object types that those refer to. */',
    `export const objectTypes = {\n${objectTables.join('\n')}\n};`,
    '',
  ].join('\n'),
);
