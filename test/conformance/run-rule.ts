import { WorkflowNotFoundError } from '@temporalio/client'
import type { Diagnostic } from '#language/diagnostics'
import type { Scope } from '#web/server/access/tenant-scope'
import { AppError } from '#web/server/errors/app-error'
import { killExecution } from '#web/server/executions/kill-execution'
import { pauseExecution } from '#web/server/executions/pause-execution'
import { replayExecution } from '#web/server/executions/replay-execution'
import { restartExecution } from '#web/server/executions/restart-execution'
import { resumeExecution } from '#web/server/executions/resume-execution'
import { startExecution } from '#web/server/executions/start-execution'
import { checkSource } from '#web/server/flows/check-source'
import { createFlow } from '#web/server/flows/create-flow'
import type { Engine, RecordedExecution } from '../harness/engine'
import { mask } from './compare'
import type { Expectation, RuleCase } from './rule-case'

type Action = Expectation['do'][number]

/** What became of a case, in the form of its expectation; keys that the expectation leaves out are empty. */
export async function runRule(engine: Engine, scope: Scope, rule: RuleCase): Promise<Partial<Expectation>> {
  const { flow, diagnostics } = checkSource(rule.flow)
  const found = { problems: placesOf(diagnostics, 'error'), warnings: placesOf(diagnostics, 'warning') }
  if (flow === null || found.problems.length > 0) return found
  for (const source of [...rule.others, rule.flow]) await createFlow(scope, source)
  const { namespace, id } = flow
  const start = () => startExecution(scope, { namespace, id, inputs: rule.expected.inputs, labels: [] })
  const started = await start().catch(refusalOf)
  if (typeof started === 'string') return { ...found, refused: started }
  const executionId = await act(engine, scope, started.id, rule.expected.do)
  await engine.waitForState(executionId, rule.expected.state ?? 'SUCCESS', ...ends)
  if (rule.expected.state !== 'PAUSED') await settled(engine, executionId)
  const execution = await engine.read(executionId)
  return { ...found, ...describe(execution), children: await listChildren(scope, execution) }
}

const ends = ['SUCCESS', 'WARNING', 'FAILED', 'KILLED', 'CANCELLED', 'RETRIED']

function placesOf(diagnostics: Diagnostic[], severity: Diagnostic['severity']): string[] {
  return diagnostics
    .filter(diagnostic => diagnostic.severity === severity)
    .map(({ code, range }) => `${code} ${range.line}:${range.column}`)
}

function refusalOf(error: unknown): string {
  if (error instanceof AppError) return error.message
  throw error
}

/** Does what people do to the execution; answers the id of the one that is looked at in the end. */
async function act(engine: Engine, scope: Scope, startedId: string, actions: readonly Action[]): Promise<string> {
  let id = startedId
  for (const action of actions) {
    await reach(engine, id, action.when)
    const done = await perform(engine, scope, id, action).catch(refusalOf)
    if (typeof done === 'string' && action.refused === undefined) throw new Error(`${action.do} was refused: ${done}`)
    if (typeof done === 'string' && !done.includes(action.refused!)) throw new Error(`refused otherwise: ${done}`)
    if (typeof done !== 'string' && action.refused !== undefined) throw new Error(`${action.do} was not refused`)
    if (typeof done !== 'string') id = done.id
  }
  return id
}

async function reach(engine: Engine, id: string, moment: string): Promise<void> {
  const [state, task] = moment.split(' ').reverse() as [string, string | undefined]
  if (task !== undefined) return engine.waitForTaskState(id, task, state)
  await engine.waitForState(id, state)
  if (ends.includes(state)) await settled(engine, id)
}

/** The record of the end comes before the workflow's own, if it has one. */
async function settled(engine: Engine, id: string): Promise<void> {
  await engine.result(id).catch((error: unknown) => {
    if (!(error instanceof WorkflowNotFoundError)) throw error
  })
}

async function perform(engine: Engine, scope: Scope, id: string, action: Action): Promise<{ id: string }> {
  const { inputs = {}, from } = action
  switch (action.do) {
    case 'kill':
      return killExecution(scope, id)
    case 'pause':
      return pauseExecution(scope, id)
    case 'resume':
      return resumeExecution(scope, { id, inputs })
    case 'restart':
      return restartExecution(scope, { id })
    case 'replay':
      return replayExecution(scope, { id, ...(from === undefined ? {} : { taskRunId: await runOf(engine, id, from) }) })
    case 'follow':
      return scope.db.execution.findFirstOrThrow({
        where: { tenantId: scope.tenantId, parentId: id },
        select: { id: true },
      })
  }
}

async function runOf(engine: Engine, id: string, taskId: string): Promise<string> {
  const { taskRuns } = await engine.read(id)
  return taskRuns.find(run => run.taskId === taskId)!.id
}

async function listChildren({ db, tenantId }: Scope, { id }: RecordedExecution): Promise<string[]> {
  const rows = await db.execution.findMany({ where: { tenantId, parentId: id }, orderBy: { createdAt: 'asc' } })
  return rows.map(({ namespace, flowId, state }) => `${namespace}.${flowId} ${state}`)
}

function describe(recorded: RecordedExecution) {
  const execution = JSON.parse(mask(JSON.stringify(recorded), recorded)) as RecordedExecution
  const byName = <T>(of: (run: RecordedExecution['taskRuns'][number]) => T) =>
    Object.fromEntries(execution.taskRuns.map(run => [nameOf(run), of(run)]))
  const labels = execution.labels as { key: string; value: string }[]
  return {
    state: execution.state,
    history: execution.states.join(' '),
    runs: execution.taskRuns.map(run => lineOf(run, execution)),
    outputs: byName(run => run.outputs),
    histories: byName(run => run.states.join(' ')),
    flowOutputs: (execution.outputs ?? undefined) as Expectation['flowOutputs'],
    labels: Object.fromEntries(labels.map(({ key, value }) => [key, value])),
    variables: (execution.variables ?? undefined) as Expectation['variables'],
    logs: execution.logs
      .filter(({ level }) => level !== 'DEBUG' && level !== 'TRACE')
      .map(({ level, taskId, message }) => `${level} ${taskId ?? '-'} ${message.replace(measured, '<DURATION>')}`)
      .sort(),
  }
}

/** How long it took, in the text of a breached SLA. */
const measured = /(?<=duration of )PT(?:[\d.]+[HMS])+/

function nameOf({ taskId, value }: Pick<RecordedExecution['taskRuns'][number], 'taskId' | 'value'>): string {
  return value === null ? taskId : `${taskId}[${value}]`
}

function lineOf(run: RecordedExecution['taskRuns'][number], { taskRuns }: RecordedExecution): string {
  const parent = taskRuns.find(({ id }) => id === run.parentId)
  return [
    parent === undefined ? '' : `${parent.taskId}/`,
    nameOf(run),
    run.iteration === null ? '' : `#${run.iteration}`,
    ` ${run.state}`,
    run.attempts.length === 1 ? '' : ` x${run.attempts.length}`,
  ].join('')
}
