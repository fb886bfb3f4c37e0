'use client'

import { Ban, Ellipsis, FileCode2, type LucideIcon, Pause, Repeat, RotateCcw, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { ConfirmDialog } from '#ui/ConfirmDialog'
import { Button } from '#ui/ui/button'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '#ui/ui/menu'
import { useTenant } from '#web/components/tenant'
import type { Execution } from '#web/server/executions/execution'
import { type ActionName, isActionAllowed } from './actions'
import { ResumeButton } from './ResumeButton'
import { useActions } from './use-actions'

const buttons: { name: Exclude<ActionName, 'resume'>; label: string; hint: string; icon: LucideIcon }[] = [
  { name: 'pause', label: 'Pause', hint: 'Let running tasks finish, then wait', icon: Pause },
  { name: 'kill', label: 'Kill', hint: 'Stop all its tasks', icon: Ban },
  { name: 'restart', label: 'Restart', hint: 'Go on from the tasks that failed', icon: RotateCcw },
  { name: 'replay', label: 'Replay', hint: 'Run again as a new execution, with the same inputs', icon: Repeat },
]

export function ExecutionActions({ execution }: { execution: Execution }) {
  const actions = useActions(execution.id)
  const [asked, setAsked] = useState<'kill' | 'delete'>()
  const state = execution.state.current
  return (
    <>
      {isActionAllowed('resume', state) && <ResumeButton execution={execution} onDone={actions.show} />}
      {buttons
        .filter(({ name }) => isActionAllowed(name, state))
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
      <MoreMenu execution={execution} onDelete={() => setAsked('delete')} />
      <ConfirmDialog
        isOpen={asked === 'kill' && isActionAllowed('kill', state)}
        onClose={() => setAsked(undefined)}
        title="Kill this execution?"
        text="Running tasks are stopped at once; what they did so far is not undone."
        action="Kill"
        isBusy={actions.kill.isBusy}
        onConfirm={() => {
          actions.kill.run()
          setAsked(undefined)
        }}
      />
      <ConfirmDialog
        isOpen={asked === 'delete'}
        onClose={() => setAsked(undefined)}
        title="Delete this execution?"
        text="Its logs, outputs and files go with it."
        action="Delete"
        isBusy={actions.delete.isBusy}
        onConfirm={actions.delete.run}
      />
    </>
  )
}

function MoreMenu({ execution, onDelete }: { execution: Execution; onDelete: () => void }) {
  const tenant = useTenant()
  const { namespace, flowId, state } = execution
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label="More actions">
          <Ellipsis />
        </Button>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuItem asChild>
          <Link href={`/${tenant}/flows/${namespace}/${flowId}`}>
            <FileCode2 aria-hidden /> Open the flow
          </Link>
        </MenuItem>
        <MenuItem
          disabled={!isActionAllowed('delete', state.current)}
          className="text-danger [&_svg]:text-danger"
          onSelect={onDelete}
        >
          <Trash2 aria-hidden /> Delete
        </MenuItem>
      </MenuContent>
    </Menu>
  )
}
