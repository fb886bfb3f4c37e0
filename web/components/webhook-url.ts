export type WebhookPlace = {
  tenant: string
  namespace: string
  flowId: string
  /** Absent where it is not known: `KEY` stands for it. */
  key: string | undefined
}

/** @example webhookUrl('https://flows.example.com', { tenant: 'main', namespace: 'a.b', flowId: 'c', key: 'd' }) */
export function webhookUrl(origin: string, { tenant, namespace, flowId, key = 'KEY' }: WebhookPlace): string {
  const parts = [tenant, 'executions', 'webhook', namespace, flowId, key].map(encodeURIComponent)
  return `${origin}/api/v1/${parts.join('/')}`
}

/** A call to try it with in a shell: the address holds no quotes that the shell would read. */
export function curlCall(url: string): string {
  return `curl -X POST -H 'content-type: application/json' -d '{"hello":"world"}' '${url.replaceAll("'", '%27')}'`
}
