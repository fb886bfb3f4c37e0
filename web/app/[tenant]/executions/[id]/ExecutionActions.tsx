'use client'

import {
  Ban,
  Ellipsis,
  FastForward,
  FileCode2,
  ListX,
  type LucideIcon,
  Pause,
  Repeat,
  RotateCcw,
  Trash2,
} from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { commonText } from '#text/common'
import { executionText } from '#text/execution'
import { ConfirmDialog } from '#ui/ConfirmDialog'
import { Button } from '#ui/ui/button'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '#ui/ui/menu'
import { useMay, useTenant } from '#web/components/tenant'
import type { Execution } from '#web/server/executions/execution'
import { type ActionName, isActionAllowed, permissionOf } from './actions'
import { ResumeButton } from './ResumeButton'
import { useActions } from './use-actions'

const buttons: {
  name: Exclude<ActionName, 'resume' | 'setTaskState'>
  label: string
  hint: string
  icon: LucideIcon
}[] = [
  { name: 'forceRun', label: executionText.runNow, hint: executionText.whatRunNowDoes, icon: FastForward },
  { name: 'unqueue', label: commonText.cancel, hint: executionText.whatCancelDoes, icon: ListX },
  { name: 'pause', label: executionText.pause, hint: executionText.whatPauseDoes, icon: Pause },
  { name: 'kill', label: executionText.kill, hint: executionText.whatKillDoes, icon: Ban },
  { name: 'restart', label: executionText.restart, hint: executionText.whatRestartDoes, icon: RotateCcw },
  { name: 'replay', label: executionText.replay, hint: executionText.whatReplayDoes, icon: Repeat },
]

export function ExecutionActions({ execution }: { execution: Execution }) {
  const actions = useActions(execution.id)
  const [asked, setAsked] = useState<'kill' | 'delete'>()
  const state = execution.state.current
  const may = useMay()
  const isOffered = (name: ActionName) => isActionAllowed(name, state) && may(permissionOf[name], execution.namespace)
  const isDueLater = execution.scheduleDate !== undefined && Date.parse(execution.scheduleDate) > Date.now()
  return (
    <>
      {isOffered('resume') && <ResumeButton execution={execution} onDone={actions.show} />}
      {buttons
        .filter(({ name }) => isOffered(name) && (state !== 'CREATED' || name !== 'forceRun' || isDueLater))
        .map(({ name, label, hint, icon: Icon }) => (
          <Button
            key={name}
            title={hint}
            isBusy={actions[name].isBusy}
            onClick={() => (name === 'kill' ? setAsked('kill') : actions[name].run())}
          >
            <Icon aria-hidden /> {label}
          </Button>
        ))}
      <MoreMenu execution={execution} mayDelete={isOffered('delete')} onDelete={() => setAsked('delete')} />
      <ConfirmDialog
        isOpen={asked === 'kill' && isActionAllowed('kill', state)}
        onClose={() => setAsked(undefined)}
        title={executionText.killThisExecution}
        text={executionText.whatKillingDoes}
        action={executionText.kill}
        isBusy={actions.kill.isBusy}
        onConfirm={() => {
          actions.kill.run()
          setAsked(undefined)
        }}
      />
      <ConfirmDialog
        isOpen={asked === 'delete'}
        onClose={() => setAsked(undefined)}
        title={executionText.deleteThisExecution}
        text={executionText.whatDeletingDoes}
        action={commonText.delete}
        isBusy={actions.delete.isBusy}
        onConfirm={actions.delete.run}
      />
    </>
  )
}

function MoreMenu({
  execution,
  mayDelete,
  onDelete,
}: {
  execution: Execution
  mayDelete: boolean
  onDelete: () => void
}) {
  const tenant = useTenant()
  const { namespace, flowId } = execution
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={commonText.moreActions}>
          <Ellipsis />
        </Button>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuItem asChild>
          <Link href={`/${tenant}/flows/${namespace}/${flowId}`}>
            <FileCode2 aria-hidden /> {executionText.openTheFlow}
          </Link>
        </MenuItem>
        <MenuItem disabled={!mayDelete} className="text-danger [&_svg]:text-danger" onSelect={onDelete}>
          <Trash2 aria-hidden /> {commonText.delete}
        </MenuItem>
      </MenuContent>
    </Menu>
  )
}
