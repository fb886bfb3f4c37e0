'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { blueprintText } from '#text/blueprint'
import { Age } from '#ui/Age'
import { Button } from '#ui/ui/button'
import { useToast } from '#ui/ui/toast'
import { messageOf } from '#web/components/request-error'
import { useMay, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import type { BlueprintDetail } from './BlueprintView'
import { PanelTitle } from './PanelTitle'

/** All versions; an older one can be looked at, and made the newest again. */
export function VersionsPanel({
  blueprint,
  onVersion,
}: {
  blueprint: BlueprintDetail
  onVersion: (version: number | undefined) => void
}) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const { id, version: shown, latestVersion } = blueprint
  const versions = useQuery(trpc.blueprint.versions.queryOptions({ tenant, id }))
  return (
    <section>
      <PanelTitle>{blueprintText.versions}</PanelTitle>
      <ol className="space-y-1">
        {versions.data?.map(({ version, savedBy, savedAt }) => (
          <li key={version}>
            <button
              type="button"
              aria-current={version === shown}
              onClick={() => onVersion(version === latestVersion ? undefined : version)}
              className="flex w-full items-baseline gap-2 rounded-md px-2 py-1 text-left text-[13px] hover:bg-hover aria-[current=true]:bg-hover"
            >
              <span className="font-medium tabular-nums">{version}</span>
              <span className="min-w-0 flex-1 truncate text-muted">{savedBy}</span>
              <span className="text-faint text-xs">
                <Age date={savedAt} />
              </span>
            </button>
          </li>
        ))}
      </ol>
      {shown !== latestVersion && <Restore blueprint={blueprint} onDone={() => onVersion(undefined)} />}
    </section>
  )
}

function Restore({ blueprint, onDone }: { blueprint: BlueprintDetail; onDone: () => void }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const toast = useToast()
  const may = useMay()
  const { id, version, latestVersion, title, description, tags, source, templateArguments } = blueprint
  const restore = useMutation(
    trpc.blueprint.update.mutationOptions({
      onSuccess: async saved => {
        toast(blueprintText.versionIsBackAs(version, saved.version))
        onDone()
        await queryClient.invalidateQueries(trpc.blueprint.pathFilter())
      },
      onError: error => toast(messageOf(error), 'danger'),
    }),
  )
  if (!may('BLUEPRINT:UPDATE')) return null
  const text = { title, description, tags, source, templateArguments }
  return (
    <Button
      size="sm"
      className="mt-2"
      isBusy={restore.isPending}
      onClick={() => restore.mutate({ tenant, id, ...text, expectedVersion: latestVersion })}
    >
      {blueprintText.restoreVersion(version)}
    </Button>
  )
}
