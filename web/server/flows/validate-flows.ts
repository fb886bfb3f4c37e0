import { formatDiagnostic } from '#language/diagnostics'
import type { Scope } from '../access/tenant-scope'
import { formatPath } from '../errors/error-detail'
import { checkSourceIn } from './check-to-save'
import type { FlowCheck } from './flow-record'
import { shiftDiagnostic, splitDocuments, type YamlDocument } from './split-documents'

/** Checks each document of a text; nothing is saved. */
export function validateFlows(scope: Scope, source: string): Promise<FlowCheck[]> {
  return Promise.all(splitDocuments(source).map((document, index) => validateDocument(scope, document, index)))
}

async function validateDocument(scope: Scope, document: YamlDocument, index: number): Promise<FlowCheck> {
  const { flow, diagnostics: found } = await checkSourceIn(scope, document.text)
  const diagnostics = found.map(diagnostic => shiftDiagnostic(diagnostic, document))
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning')
  return {
    index,
    namespace: flow?.namespace ?? saidName(document.text, 'namespace'),
    flow: flow?.id ?? saidName(document.text, 'id'),
    constraints: errors.length === 0 ? null : errors.map(formatDiagnostic).join('\n'),
    warnings: warnings.filter(({ code }) => code !== 'DEPRECATED').map(({ message }) => message),
    infos: [],
    deprecationPaths: warnings.filter(({ code }) => code === 'DEPRECATED').map(({ path }) => formatPath(path)),
    outdated: flow !== null && (await isOutdated(scope, flow, document.text)),
    diagnostics,
  }
}

/** What a text that is no flow yet calls itself, so that its problems can be told apart from another document's. */
function saidName(text: string, property: 'id' | 'namespace'): string | undefined {
  return new RegExp(`^${property}:[ \\t]*["']?([\\w.-]+)`, 'm').exec(text)?.[1]
}

/** Kestra's texts may say the revision they were made from; another one is stored since. */
async function isOutdated(scope: Scope, flow: { namespace: string; id: string }, text: string): Promise<boolean> {
  const said = /^revision:[ \t]*(\d+)[ \t]*$/m.exec(text)?.[1]
  if (said === undefined) return false
  const row = await scope.db.flow.findFirst({
    where: { tenantId: scope.tenantId, namespace: flow.namespace, id: flow.id, deleted: false },
    select: { revision: true },
  })
  return row !== null && row.revision > Number(said)
}
