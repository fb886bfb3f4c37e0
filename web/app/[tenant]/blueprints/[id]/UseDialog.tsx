'use client'

import { useId, useState } from 'react'
import { blueprintText } from '#text/blueprint'
import { NamespaceField } from '#ui/blueprint/NamespaceField'
import { InputsForm } from '#ui/execute/InputsForm'
import { Dialog, DialogContent } from '#ui/ui/dialog'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'
import { parseInputs } from '#web/components/execute/parse-inputs'
import { useMay } from '#web/components/tenant'
import type { BlueprintDetail } from './BlueprintView'
import { placeOf } from './place-of'
import { useFreeId } from './use-free-id'
import { useUse } from './use-use'

/** Asks where the flow is to lie, and for the arguments of a template; then runs it, or opens it in the editor. */
export function UseDialog({
  blueprint,
  purpose,
  onClose,
}: {
  blueprint: BlueprintDetail
  purpose: 'edit' | 'run'
  onClose: () => void
}) {
  const may = useMay()
  const formTextId = useId()
  const written = placeOf(blueprint.source)
  const [namespace, setNamespace] = useState(written.namespace ?? 'company.team')
  const [typedId, setTypedId] = useState<string>()
  const freeId = useFreeId(namespace, written.id)
  const flowId = typedId ?? freeId
  const use = useUse(blueprint, purpose)
  const isAllowed = may('FLOW:CREATE', namespace) && (purpose === 'edit' || may('FLOW:EXECUTE', namespace))
  const isRun = purpose === 'run'
  return (
    <Dialog open onOpenChange={isOpen => !isOpen && onClose()}>
      <DialogContent
        title={isRun ? blueprintText.useAndRun : blueprintText.use}
        description={
          isRun ? blueprintText.savedAndRuns(blueprint.title) : blueprintText.opensInTheEditor(blueprint.title)
        }
      >
        <InputsForm
          inputs={parseInputs(blueprint.templateArguments)}
          action={isRun ? blueprintText.saveAndRun : blueprintText.openInTheEditor}
          error={use.error}
          isBusy={use.isPending || use.isSuccess}
          isBlocked={!isAllowed || (written.id !== undefined && !flowId)}
          onSubmit={given => use.mutate({ given, namespace, flowId: written.id === undefined ? undefined : flowId })}
        >
          <NamespaceField
            id={formTextId}
            value={namespace}
            onChange={setNamespace}
            problem={isAllowed ? undefined : blueprintText.mayNotCreateHere}
          />
          {written.id !== undefined && (
            <Field label={blueprintText.flowId} help={blueprintText.flowIdHelp}>
              <Input
                required
                maxLength={100}
                spellCheck={false}
                autoCapitalize="none"
                className="font-mono"
                value={flowId}
                onChange={event => setTypedId(event.target.value)}
              />
            </Field>
          )}
        </InputsForm>
      </DialogContent>
    </Dialog>
  )
}
