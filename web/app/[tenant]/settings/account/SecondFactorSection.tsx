'use client'

import { useState } from 'react'
import { accountText } from '#text/account'
import { Button } from '#ui/ui/button'
import { EnrolDialog } from './EnrolDialog'
import { RemoveSecondFactorDialog } from './RemoveSecondFactorDialog'
import { Section } from './Section'

export function SecondFactorSection({
  isOn,
  recoveryCodesLeft,
  hasPassword,
}: {
  isOn: boolean
  recoveryCodesLeft: number
  hasPassword: boolean
}) {
  const [isOpen, setIsOpen] = useState(false)
  const close = () => setIsOpen(false)
  const text = isOn
    ? accountText.secondFactorIsOn(recoveryCodesLeft)
    : hasPassword
      ? accountText.whatSecondFactorIs
      : accountText.secondFactorNeedsPassword
  return (
    <>
      <Section
        title={accountText.secondFactor}
        text={text}
        actions={
          hasPassword && (
            <Button variant={isOn ? 'danger' : 'secondary'} onClick={() => setIsOpen(true)}>
              {isOn ? accountText.switchOff : accountText.switchOn}
            </Button>
          )
        }
      />
      {isOpen && (isOn ? <RemoveSecondFactorDialog onClose={close} /> : <EnrolDialog onClose={close} />)}
    </>
  )
}
