import { commonText } from '#text/common'
import type { Execution } from '#web/server/executions/execution'

export type StartProblem = { message: string; path?: string }

/** Why an execution did not start; the path names the input where there is one. */
export class StartError extends Error {
  readonly problems: StartProblem[]
  constructor(message: string, problems: StartProblem[]) {
    super(message)
    this.name = 'StartError'
    this.problems = problems
  }
}

export type SentInputs = Map<string, string | File>

export function startExecution(options: {
  tenant: string
  namespace: string
  id: string
  inputs: SentInputs
  /** When it begins; now if absent. */
  scheduleDate?: string
}): Promise<Execution> {
  const { tenant, namespace, id, inputs, scheduleDate } = options
  const query = scheduleDate === undefined ? '' : `?${new URLSearchParams({ scheduleDate })}`
  return sendInputs(`/api/v1/${tenant}/executions/${namespace}/${id}${query}`, inputs)
}

export function resumeExecution(options: { tenant: string; id: string; inputs: SentInputs }): Promise<Execution> {
  const { tenant, id, inputs } = options
  return sendInputs(`/api/v1/${tenant}/executions/${id}/resume`, inputs)
}

/** As a form, so that files travel as they are. */
async function sendInputs(url: string, inputs: SentInputs): Promise<Execution> {
  const body = new FormData()
  for (const [name, value] of inputs) body.append(name, value)
  const response = await fetch(url, { method: 'POST', body })
  const reply: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw startErrorOf(reply)
  return reply as Execution
}

function startErrorOf(reply: unknown): StartError {
  const error = reply as { message?: string; _embedded?: { errors?: StartProblem[] } } | undefined
  return new StartError(error?.message ?? commonText.serverDidNotAnswer, error?._embedded?.errors ?? [])
}

/** `inputs.columns`, `inputs[0].columns` or `columns` all name the input `columns`. */
export function problemsByInput(problems: StartProblem[], ids: string[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const { path, message } of problems) {
    const name = path?.replace(/^inputs[.[]/, '').replace(/\]$/, '')
    const id = ids.find(one => one === name || name?.startsWith(`${one}[`) || name?.startsWith(`${one}.`))
    if (id && !found.has(id)) found.set(id, message)
  }
  return found
}
