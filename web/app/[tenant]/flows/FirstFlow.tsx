'use client'

import { useQuery } from '@tanstack/react-query'
import { LayoutTemplate, Plus, Workflow } from 'lucide-react'
import Link from 'next/link'
import { flowText } from '#text/flow'
import { BlueprintCards } from '#ui/blueprint/BlueprintCards'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { useAccount, useMay, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'

const suggested = 3

export function FirstFlow() {
  const tenant = useTenant()
  const account = useAccount()
  const may = useMay()
  if (account.isSuccess && !may('FLOW:CREATE')) {
    return <EmptyState icon={Workflow} title={flowText.noFlowYet} text={flowText.roleMayOnlyLook} />
  }
  return (
    <>
      <EmptyState icon={Workflow} title={flowText.createYourFirstFlow} text={flowText.whatAFlowIs}>
        <Button variant="primary" asChild>
          <Link href={`/${tenant}/blueprints`}>
            <LayoutTemplate aria-hidden /> {flowText.chooseABlueprint}
          </Link>
        </Button>
        <Button asChild>
          <Link href={`/${tenant}/flows/new`}>
            <Plus aria-hidden /> {flowText.pasteOrWriteYaml}
          </Link>
        </Button>
      </EmptyState>
      <section aria-label={flowText.blueprintsToBeginWith} className="mx-auto w-full max-w-5xl">
        <Suggestions />
      </section>
    </>
  )
}

/** A few that run at once. */
function Suggestions() {
  const tenant = useTenant()
  const trpc = useTRPC()
  const { data } = useQuery(trpc.blueprint.list.queryOptions({ tenant, tag: 'Getting started', kind: 'MILLRACE' }))
  return <BlueprintCards cards={data?.results.filter(({ runsAnywhere }) => runsAnywhere).slice(0, suggested)} />
}
