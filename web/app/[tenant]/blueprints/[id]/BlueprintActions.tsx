'use client'

import { FilePen, Play } from 'lucide-react'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useState } from 'react'
import { blueprintText } from '#text/blueprint'
import { Button } from '#ui/ui/button'
import { useMay, useTenant } from '#web/components/tenant'
import { BlueprintMenu } from './BlueprintMenu'
import type { BlueprintDetail } from './BlueprintView'

/** With the form of inputs, which knows their rules. */
const UseDialog = dynamic(() => import('./UseDialog').then(module => module.UseDialog))

/** To the editor with it, or run at once; what asks for arguments asks first. */
export function BlueprintActions({ blueprint }: { blueprint: BlueprintDetail }) {
  const tenant = useTenant()
  const may = useMay()
  const [asked, setAsked] = useState<'edit' | 'run'>()
  const hasArguments = blueprint.templateArguments.length > 0
  const mayCreate = may('FLOW:CREATE')
  const mayRun = mayCreate && may('FLOW:EXECUTE')
  return (
    <>
      <BlueprintMenu blueprint={blueprint} />
      {mayCreate && hasArguments && (
        <Button onClick={() => setAsked('edit')}>
          <FilePen aria-hidden /> {blueprintText.use}
        </Button>
      )}
      {mayCreate && !hasArguments && (
        <Button variant={blueprint.runsAnywhere ? 'secondary' : 'primary'} asChild>
          <Link href={`/${tenant}/flows/new?blueprint=${blueprint.id}`}>
            <FilePen aria-hidden /> {blueprintText.use}
          </Link>
        </Button>
      )}
      {mayRun && (
        <Button
          variant={blueprint.runsAnywhere || hasArguments ? 'primary' : 'secondary'}
          onClick={() => setAsked('run')}
          data-tour="use-and-run"
        >
          <Play aria-hidden /> {blueprintText.useAndRun}
        </Button>
      )}
      {asked && <UseDialog blueprint={blueprint} purpose={asked} onClose={() => setAsked(undefined)} />}
    </>
  )
}
