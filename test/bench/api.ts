/** The public REST API as a client of a customer uses it: a token and `fetch`. */
export type Api = {
  /** Any request; rejects where the answer is no success. */
  call(path: string, init: RequestInit): Promise<unknown>
  saveFlow(yaml: string): Promise<void>
  /** Starts an execution and waits until it ended; anything but SUCCESS is an error, for a bench of failures says nothing. */
  run(flowId: string, inputs?: Record<string, string>): Promise<ExecutionResult>
}

export type ExecutionResult = { id: string; state: { current: string }; taskRunList: { state: { current: string } }[] }

export function connectApi(options: { url: string; tenant: string; token: string; namespace: string }): Api {
  const base = `${options.url}/api/v1/${options.tenant}`
  const authorization = `Bearer ${options.token}`

  async function call(path: string, init: RequestInit): Promise<unknown> {
    const response = await fetch(base + path, {
      ...init,
      headers: { authorization, ...(init.headers as Record<string, string>) },
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${init.method} ${path}: ${response.status} ${text}`)
    return text === '' ? null : JSON.parse(text)
  }

  return {
    call,
    async saveFlow(yaml) {
      await call('/flows', { method: 'POST', body: yaml, headers: { 'content-type': 'application/x-yaml' } })
    },
    async run(flowId, inputs = {}) {
      const body = new FormData()
      for (const [name, value] of Object.entries(inputs)) body.set(name, value)
      const path = `/executions/${options.namespace}/${flowId}?wait=true`
      const hasInputs = Object.keys(inputs).length > 0
      const result = (await call(path, { method: 'POST', body: hasInputs ? body : undefined })) as ExecutionResult
      if (result.state.current !== 'SUCCESS') throw new Error(`${flowId} ended ${result.state.current} (${result.id})`)
      return result
    },
  }
}
