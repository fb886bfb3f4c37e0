'use client'

import { RefreshCw } from 'lucide-react'
import { useId } from 'react'
import { executionText } from '#text/execution'
import { Button } from '#ui/ui/button'
import { Switch } from '#ui/ui/switch'
import { cn } from '#web/components/class-names'

export type Renewal = { isOn: boolean; isBusy: boolean; onChange: (isOn: boolean) => void; renew: () => unknown }

/** Whether a list renews itself; while it does not, by hand. */
export function RenewButton({ renewal }: { renewal: Renewal }) {
  const { isOn, isBusy, onChange, renew } = renewal
  const id = useId()
  return (
    <span className="ml-auto flex items-center gap-1.5 text-[13px] text-muted">
      {!isOn && (
        <Button
          variant="ghost"
          size="icon"
          aria-label={executionText.refreshNow}
          title={executionText.refreshNow}
          onClick={() => void renew()}
        >
          <RefreshCw className={cn(isBusy && 'animate-spin')} />
        </Button>
      )}
      <label htmlFor={id} className="cursor-pointer">
        {executionText.autoRefresh}
      </label>
      <Switch id={id} checked={isOn} onCheckedChange={onChange} />
    </span>
  )
}
