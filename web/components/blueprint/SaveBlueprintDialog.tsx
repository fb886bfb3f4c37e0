'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { blueprintText } from '#text/blueprint'
import { commonText } from '#text/common'
import { FormDialog } from '#ui/FormDialog'
import { Field } from '#ui/ui/field'
import { Input, Textarea } from '#ui/ui/input'
import { useToast } from '#ui/ui/toast'
import { useTenant } from '#web/components/tenant'
import { type Outputs, useTRPC } from '#web/components/trpc'
import { ArgumentsField } from './ArgumentsField'
import { cleanArguments, type DraftArgument, toDrafts } from './draft-arguments'

type Saved = Outputs['blueprint']['get']

/** What is saved: a blueprint that is there, in its next version, or a flow's text as a new one. */
type Given = Pick<Saved, 'title' | 'description' | 'source'> & Partial<Saved>

/** Title, description, tags, text and arguments of a blueprint of the tenant's own. */
export function SaveBlueprintDialog({ blueprint, onClose }: { blueprint: Given; onClose: () => void }) {
  const tenant = useTenant()
  const [title, setTitle] = useState(blueprint.title)
  const [description, setDescription] = useState(blueprint.description)
  const [tags, setTags] = useState(blueprint.tags?.join(', ') ?? '')
  const [source, setSource] = useState(blueprint.source)
  const [drafts, setDrafts] = useState<DraftArgument[]>(toDrafts(blueprint.templateArguments ?? []))
  const { create, update } = useSave(tenant, onClose)
  const { id, latestVersion } = blueprint

  function save() {
    const templateArguments = cleanArguments(drafts)
    const text = { tenant, title, description, source, templateArguments, tags: tagsOf(tags) }
    if (id === undefined) create.mutate(text)
    else update.mutate({ ...text, id, expectedVersion: latestVersion })
  }

  return (
    <FormDialog
      title={id === undefined ? blueprintText.saveAsBlueprint : blueprintText.editTheBlueprint}
      action={id === undefined ? blueprintText.saveBlueprint : blueprintText.saveAsVersion((latestVersion ?? 0) + 1)}
      error={create.error ?? update.error}
      isBusy={create.isPending || update.isPending}
      onSubmit={save}
      onClose={onClose}
    >
      <Field label={blueprintText.title}>
        <Input required autoFocus maxLength={100} value={title} onChange={event => setTitle(event.target.value)} />
      </Field>
      <Field label={blueprintText.description} isOptional help={blueprintText.descriptionHelp}>
        <Textarea
          className="font-sans"
          maxLength={5000}
          value={description}
          onChange={event => setDescription(event.target.value)}
        />
      </Field>
      <Field label={blueprintText.tags} isOptional help={blueprintText.tagsHelp}>
        <Input value={tags} onChange={event => setTags(event.target.value)} />
      </Field>
      <ArgumentsField drafts={drafts} onChange={setDrafts} />
      <Field label={commonText.flow} help={blueprintText.flowHelp}>
        <Textarea
          required
          spellCheck={false}
          wrap="off"
          className="min-h-56 text-xs leading-5"
          value={source}
          onChange={event => setSource(event.target.value)}
        />
      </Field>
    </FormDialog>
  )
}

function tagsOf(text: string): string[] {
  const tags = text.split(',').map(tag => tag.trim())
  return [...new Set(tags)].filter(tag => tag !== '')
}

function useSave(tenant: string, onClose: () => void) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const router = useRouter()
  const toast = useToast()
  async function refresh() {
    onClose()
    await queryClient.invalidateQueries(trpc.blueprint.pathFilter())
  }
  const create = useMutation(
    trpc.blueprint.create.mutationOptions({
      onSuccess: async ({ id, title }) => {
        toast(blueprintText.savedTheBlueprint(title))
        router.push(`/${tenant}/blueprints/${id}`)
        await refresh()
      },
    }),
  )
  const update = useMutation(
    trpc.blueprint.update.mutationOptions({
      onSuccess: async ({ version }) => {
        toast(blueprintText.savedVersion(version))
        await refresh()
      },
    }),
  )
  return { create, update }
}
