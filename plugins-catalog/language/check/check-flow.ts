import type { Catalog } from '../catalog'
import { levelDefaults } from '../compile/defaults'
import type { Diagnostic, SourceMap } from '../diagnostics'
import { Flow, PluginDefault } from '../flow'
import { isJsonObject, type Json } from '../json'
import { checkDialects } from './dialects'
import { checkExpressions } from './expressions'
import {
  checkDags,
  checkLoopValues,
  checkOnPause,
  checkPauses,
  checkSubflows,
  checkSwitches,
  checkWorkingDirectories,
} from './flowables'
import { checkIds } from './ids'
import { checkInputs } from './inputs'
import { placeTasks } from './placed-tasks'
import { checkPluginDefaults } from './plugin-defaults'
import { toDiagnostic } from './problem'
import { checkTaskProperties, checkTriggerProperties } from './properties'
import { checkRetries } from './retries'
import { checkShape } from './shape'
import type { Check, Subject } from './subject'
import { textIds } from './text-ids'
import { checkTriggers } from './triggers'
import { withoutNulls } from './without-nulls'

const checks: Check[] = [
  checkShape,
  checkTaskProperties,
  checkTriggerProperties,
  checkIds,
  checkInputs,
  checkRetries,
  checkTriggers,
  checkPluginDefaults,
  checkDags,
  checkSwitches,
  checkPauses,
  checkOnPause,
  checkLoopValues,
  checkSubflows,
  checkWorkingDirectories,
  checkExpressions,
  checkDialects,
]

/** Everything that can be said of a flow before it runs. The flow is null where its outer shape doesn't hold. */
export function checkFlow(
  value: Json,
  catalog: Catalog,
  source: SourceMap,
  namespaceDefaults: readonly PluginDefault[][] = [],
): { flow: Flow | null; diagnostics: Diagnostic[] } {
  if (!isJsonObject(value)) {
    const message = 'a flow is a map that starts with its id and namespace'
    return { flow: null, diagnostics: [toDiagnostic({ code: 'INVALID_VALUE', message, path: [] }, source)] }
  }
  const flow = textIds(withoutNulls(value), catalog)
  const subject: Subject = {
    flow,
    catalog,
    tasks: placeTasks(flow, catalog),
    pluginDefaults: levelDefaults([...namespaceDefaults, defaultsOf(flow)]),
  }
  const diagnostics = checks.flatMap(check => check(subject)).map(problem => toDiagnostic(problem, source))
  const parsed = Flow.safeParse(flow)
  return { flow: parsed.success ? (parsed.data as unknown as Flow) : null, diagnostics }
}

function defaultsOf(flow: { [name: string]: Json }): PluginDefault[] {
  const parsed = PluginDefault.array().safeParse(flow.pluginDefaults ?? flow.taskDefaults ?? [])
  return parsed.success ? (parsed.data as PluginDefault[]) : []
}
