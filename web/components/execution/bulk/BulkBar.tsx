'use client'

import { ChevronDown, X } from 'lucide-react'
import { useState } from 'react'
import { executionText } from '#text/execution'
import { ConfirmDialog } from '#ui/ConfirmDialog'
import { Button } from '#ui/ui/button'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '#ui/ui/menu'
import { useAccount, usePermissions } from '#web/components/tenant'
import type { EndState } from '#web/server/executions/set-execution-state'
import { StateDialog } from '../StateDialog'
import { type BulkAction, bulkActionsOf } from './bulk-actions'
import { LabelsDialog } from './LabelsDialog'
import { type BulkFilter, type BulkOptions, useBulk } from './use-bulk'
import type { Selection } from './use-selection'

const endStates: readonly [EndState, ...EndState[]] = ['SUCCESS', 'WARNING', 'FAILED', 'CANCELLED', 'KILLED']

/** What can be done with the chosen executions. Shown while some are. */
export function BulkBar({
  selection,
  filter,
  matching,
}: {
  selection: Selection
  filter: BulkFilter
  /** How many the filter matches, as far as they are counted. */
  matching: { count: number; isMore: boolean }
}) {
  const { run, progress } = useBulk(selection.clear)
  const [asked, setAsked] = useState<BulkAction>()
  const account = useAccount()
  const actions = bulkActionsOf(usePermissions())
  if (selection.ids.size === 0) return null

  const matchCount = matching.count.toLocaleString('en')
  const all = matching.isMore ? executionText.orMore(matchCount) : matchCount
  const count = selection.isAllMatching ? all : selection.ids.size.toLocaleString('en')
  const close = () => setAsked(undefined)
  const start = (action: BulkAction, options?: BulkOptions) => {
    close()
    void run(action, selection.isAllMatching ? filter : [...selection.ids], options)
  }
  const choose = (action: BulkAction) => (needsDialog(action) ? setAsked(action) : start(action))

  return (
    <section
      aria-label={executionText.chosenExecutions}
      className="sticky top-0 z-10 flex flex-wrap items-center gap-2 border-b bg-surface px-4 py-2 sm:px-6"
    >
      <p className="mr-2 text-[13px]" aria-live="polite">
        {progress === undefined
          ? executionText.chosen(count)
          : executionText.bulkProgress(progress.toLocaleString('en'), count)}
      </p>
      {!selection.isAllMatching && matching.count > selection.ids.size && (
        <Button size="sm" variant="ghost" onClick={selection.selectAllMatching}>
          {executionText.chooseAllMatching(all)}
        </Button>
      )}
      {actions
        .filter(({ isInMenu }) => !isInMenu)
        .map(action => (
          <Button key={action.name} size="sm" disabled={progress !== undefined} onClick={() => choose(action)}>
            {action.label}
          </Button>
        ))}
      {actions.length > 0 && (
        <MoreActions
          actions={actions.filter(({ isInMenu }) => isInMenu)}
          isBusy={progress !== undefined}
          onChoose={choose}
        />
      )}
      {account.isSuccess && actions.length === 0 && (
        <p className="text-muted text-xs">{executionText.roleMayOnlyLookAtThem}</p>
      )}
      <Button size="sm" variant="ghost" className="ml-auto" onClick={selection.clear}>
        <X aria-hidden /> {executionText.clear}
      </Button>
      <ConfirmDialog
        isOpen={asked?.warning !== undefined}
        onClose={close}
        title={executionText.askForExecutions(asked?.label, count)}
        text={asked?.warning ?? ''}
        action={asked?.label ?? ''}
        isBusy={false}
        onConfirm={() => asked && start(asked)}
      />
      {asked?.name === 'setState' && (
        <StateDialog
          title={executionText.changeTheState}
          description={executionText.ofEndedExecutions(count)}
          states={endStates}
          onClose={close}
          onSubmit={({ state, reason }) => start(asked, { newStatus: state, reason })}
        />
      )}
      {asked?.name === 'addLabels' && (
        <LabelsDialog count={count} onClose={close} onSubmit={executionLabels => start(asked, { executionLabels })} />
      )}
    </section>
  )
}

function needsDialog({ name, warning }: BulkAction): boolean {
  return warning !== undefined || name === 'setState' || name === 'addLabels'
}

function MoreActions({
  actions,
  isBusy,
  onChoose,
}: {
  actions: BulkAction[]
  isBusy: boolean
  onChoose: (action: BulkAction) => void
}) {
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button size="sm" disabled={isBusy}>
          {executionText.more} <ChevronDown className="text-faint" aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent align="start">
        {actions.map(action => (
          <MenuItem
            key={action.name}
            className={action.name === 'delete' ? 'text-danger' : undefined}
            onSelect={() => onChoose(action)}
          >
            {action.label}
          </MenuItem>
        ))}
      </MenuContent>
    </Menu>
  )
}
