'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { accountText } from '#text/account'
import { commonText } from '#text/common'
import { CopyDialog } from '#ui/CopyDialog'
import { FormDialog } from '#ui/FormDialog'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'
import { useTRPC } from '#web/components/trpc'
import { CodeField } from './CodeField'
import { useSecurityChange } from './use-security-change'

/** The password, then the QR code and a code of the device, then the recovery codes. */
export function EnrolDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC()
  const after = useSecurityChange(onClose)
  const start = useMutation(trpc.secondFactor.start.mutationOptions())
  const confirm = useMutation(trpc.secondFactor.confirm.mutationOptions())
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  if (confirm.data) {
    return (
      <CopyDialog
        title={accountText.keepYourRecoveryCodes}
        text={accountText.recoveryCodesHelp}
        value={confirm.data.recoveryCodes.join('\n')}
        onClose={() => void after(accountText.switchedSecondFactorOn)}
      />
    )
  }
  if (start.data) {
    const { qr, secret } = start.data
    return (
      <FormDialog
        title={accountText.addYourDevice}
        action={accountText.switchOn}
        error={confirm.error}
        isBusy={confirm.isPending}
        onSubmit={() => confirm.mutate({ code })}
        onClose={onClose}
      >
        <p className="text-[13px] text-muted">{accountText.readTheQrCode}</p>
        {/* biome-ignore lint/performance/noImgElement: the image is in its address */}
        <img src={qr} alt={accountText.qrCodeOfSecret} className="mx-auto size-48 rounded-md border bg-white" />
        <code className="block break-all text-center text-xs">{secret}</code>
        <CodeField value={code} onChange={setCode} help={accountText.codeHelp} />
      </FormDialog>
    )
  }
  return (
    <FormDialog
      title={accountText.switchOnSecondFactor}
      action={commonText.goOn}
      error={start.error}
      isBusy={start.isPending}
      onSubmit={() => start.mutate({ password })}
      onClose={onClose}
    >
      <Field label={accountText.password} help={accountText.passwordHelp}>
        <Input
          type="password"
          autoComplete="current-password"
          required
          autoFocus
          value={password}
          onChange={event => setPassword(event.target.value)}
        />
      </Field>
    </FormDialog>
  )
}
