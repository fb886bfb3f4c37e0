/**
 * Kestra's expressions. A text is cut into tokens (`lexer`), parsed into plain data (`parse-*`, `ast`) and walked by our
 * own evaluator (`evaluate*`): it reads own data properties, calls what stands in the tables of `filters`, `functions`
 * and `tests`, and pays for each step from a `Budget`. Pure and synchronous: it runs in a workflow and in a browser.
 */
export { type Catalogue, type CatalogueEntry, catalogue } from './catalogue'
export { checkSyntax, type SyntaxProblem } from './check-syntax'
export { LimitExceeded, UndefinedVariable } from './errors'
export { type References, references, type VariableReference } from './references'
export { isTruthy, renderDeep, renderString, renderTyped } from './render'
export { type CallArguments, type Env, ExpressionError, PendingCall, type Scope } from './types'
