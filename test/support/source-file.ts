import { type ParseOptions, parseSync } from '@swc/core';

/** A source file as read: its path from the project's root, with forward slashes, and its text. */
export interface SourceFile {
  path: string;
  text: string;
}

/** One thing a file asks of another file or package. */
export interface ImportFact {
  /** As written; null when it is computed at run time. */
  specifier: string | null;
  typeOnly: boolean;
}

/** What the rules look for in code; strings, comments and page text do not count. */
export type Use = 'any' | 'environment' | 'clock' | 'random' | 'ctx' | 'redirect-by-text';

export interface SourceFacts extends SourceFile {
  imports: ImportFact[];
  uses: Set<Use>;
}

interface SyntaxNode {
  type: string;
  [field: string]: unknown;
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';

const isNamed = (value: unknown, name: string): boolean =>
  isNode(value) && value.type === 'Identifier' && value['value'] === name;

const textOf = (value: unknown): string | null =>
  isNode(value) && value.type === 'StringLiteral' ? String(value['value']) : null;

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const argumentsOf = (node: SyntaxNode): unknown[] =>
  listOf(node['arguments']).map((argument) => (argument as { expression: unknown }).expression);

/** The name after the dot, also when written as ['name']. */
const memberName = (node: SyntaxNode): string | null => {
  const property = node['property'];
  if (!isNode(property)) return null;
  return property.type === 'Computed' ? textOf(property['expression']) : String(property['value']);
};

const isMember = (value: unknown, object: string | null, name: string): boolean =>
  isNode(value) &&
  value.type === 'MemberExpression' &&
  memberName(value) === name &&
  (object === null || isNamed(value['object'], object) || isMember(value['object'], 'globalThis', object));

const declarations = ['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration'];

const isTypeOnly = (node: SyntaxNode): boolean => {
  const specifiers = listOf(node['specifiers']) as SyntaxNode[];
  return (
    node['typeOnly'] === true ||
    (specifiers.length > 0 && specifiers.every((specifier) => specifier['isTypeOnly'] === true))
  );
};

const importOf = (node: SyntaxNode): ImportFact | null => {
  if (declarations.includes(node.type)) {
    const specifier = textOf(node['source']);
    return specifier === null ? null : { specifier, typeOnly: isTypeOnly(node) };
  }
  if (node.type === 'TsImportType') return { specifier: textOf(node['argument']), typeOnly: true };
  const callee = node['callee'];
  if (node.type === 'CallExpression' && isNode(callee)) {
    if (callee.type === 'Import' || isNamed(callee, 'require')) {
      return { specifier: textOf(argumentsOf(node)[0]), typeOnly: false };
    }
  }
  return null;
};

const hasText = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.some(hasText)
    : isNode(value)
      ? value.type === 'StringLiteral' ||
        value.type === 'TemplateLiteral' ||
        Object.values(value).some(hasText)
      : typeof value === 'object' && value !== null && Object.values(value).some(hasText);

const takesEnvApart = (node: SyntaxNode): boolean =>
  node.type === 'VariableDeclarator' &&
  isNamed(node['init'], 'process') &&
  isNode(node['id']) &&
  listOf(node['id']['properties']).some((property) => isNamed((property as SyntaxNode)['key'], 'env'));

const importsEnv = (node: SyntaxNode): boolean =>
  node.type === 'ImportDeclaration' &&
  ['process', 'node:process'].includes(textOf(node['source']) ?? '') &&
  listOf(node['specifiers']).some((specifier) => {
    const { imported, local } = specifier as SyntaxNode;
    return isNamed(imported ?? local, 'env');
  });

const readsPresent = (node: SyntaxNode): boolean =>
  isMember(node, 'Date', 'now') ||
  (node.type === 'CallExpression' && isNamed(node['callee'], 'Date')) ||
  (node.type === 'NewExpression' && isNamed(node['callee'], 'Date') && argumentsOf(node).length === 0);

const marks: Record<Use, (node: SyntaxNode) => boolean> = {
  any: (node) => node.type === 'TsKeywordType' && node['kind'] === 'any',
  environment: (node) => isMember(node, 'process', 'env') || takesEnvApart(node) || importsEnv(node),
  clock: readsPresent,
  random: (node) => isMember(node, 'Math', 'random'),
  ctx: (node) => isNamed(node, 'ctx'),
  'redirect-by-text': (node) =>
    node.type === 'CallExpression' &&
    isMember(node['callee'], null, 'redirect') &&
    hasText(node['arguments']),
};

const visit = (value: unknown, seen: (node: SyntaxNode) => void): void => {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, seen);
  } else if (typeof value === 'object' && value !== null) {
    if (isNode(value)) seen(value);
    for (const item of Object.values(value)) visit(item, seen);
  }
};

const parseOptions = (path: string): ParseOptions =>
  /\.m?js$/.test(path)
    ? { syntax: 'ecmascript', target: 'es2022' }
    : { syntax: 'typescript', tsx: path.endsWith('x'), target: 'es2022' };

/** Reads the facts of one file out of its syntax tree; throws when it does not parse. */
export const readFacts = (file: SourceFile): SourceFacts => {
  const facts: SourceFacts = { ...file, imports: [], uses: new Set() };
  visit(parseSync(file.text, parseOptions(file.path)), (node) => {
    const found = importOf(node);
    if (found) facts.imports.push(found);
    for (const [use, holds] of Object.entries(marks) as [Use, (node: SyntaxNode) => boolean][]) {
      if (holds(node)) facts.uses.add(use);
    }
  });
  return facts;
};
