'use client'

import { commonText } from '#text/common'
import { triggerText } from '#text/trigger'
import { CopyButton } from '#ui/CopyButton'
import { curlCall, type WebhookPlace, webhookUrl } from '#web/components/webhook-url'

/** Where a flow is called from outside, to copy; `webhookKey` is undefined where an expression makes the key. */
export function WebhookAddress({ webhookKey, ...place }: Omit<WebhookPlace, 'key'> & { webhookKey?: string }) {
  const url = webhookUrl(window.location.origin, { ...place, key: webhookKey })
  return (
    <section aria-label={commonText.address} className="min-w-0 space-y-2">
      <h3 className="text-faint text-xs">{commonText.address}</h3>
      <Copied text={url} label={triggerText.copyTheAddress} />
      <Copied text={curlCall(url)} label={triggerText.copyTheCurlCommand} />
      <p className="text-muted text-xs">
        {webhookKey === undefined ? triggerText.addressWithoutKey : triggerText.whoKnowsTheAddress}
      </p>
    </section>
  )
}

function Copied({ text, label }: { text: string; label: string }) {
  return (
    <div className="flex items-center gap-2 rounded-md border bg-subtle py-1 pr-1 pl-3">
      <code className="min-w-0 flex-1 break-all font-mono text-xs">{text}</code>
      <CopyButton text={text} label={label} />
    </div>
  )
}
