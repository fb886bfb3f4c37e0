import { cloneElement, type ReactElement, type ReactNode, useId } from 'react'
import { commonText } from '#text/common'

type ControlProps = { id?: string; 'aria-describedby'?: string; 'aria-invalid'?: boolean; required?: boolean }

/** A label, one control, its help and its problem, tied together for screen readers. */
export function Field({
  label,
  help,
  problem,
  isOptional,
  children,
}: {
  label: ReactNode
  help?: ReactNode
  problem?: string
  isOptional?: boolean
  children: ReactElement<ControlProps>
}) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="flex items-baseline gap-1.5 font-medium text-[13px]">
        {label}
        {isOptional && <span className="font-normal text-faint text-xs">{commonText.optional}</span>}
      </label>
      {cloneElement(children, { id, 'aria-describedby': `${id}-note`, 'aria-invalid': problem ? true : undefined })}
      <div id={`${id}-note`} className="space-y-1 text-xs empty:hidden">
        {problem && (
          <p role="alert" className="text-danger">
            {problem}
          </p>
        )}
        {help && <p className="text-muted">{help}</p>}
      </div>
    </div>
  )
}
