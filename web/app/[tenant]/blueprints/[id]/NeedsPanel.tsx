'use client'

import { useQuery } from '@tanstack/react-query'
import {
  Check,
  CircleCheck,
  CircleDashed,
  Container,
  Globe,
  KeyRound,
  type LucideIcon,
  Package,
  Server,
  Workflow,
} from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { blueprintText } from '#text/blueprint'
import { commonText } from '#text/common'
import { useMay, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import type { BlueprintDetail } from './BlueprintView'
import { PanelTitle } from './PanelTitle'

/** What must be there before it runs; of secrets, which are there already, as far as one may know. */
export function NeedsPanel({ blueprint: { needs, runsAnywhere } }: { blueprint: BlueprintDetail }) {
  const { secrets, images, packages, network, services, flows } = needs
  const isNone = Object.values(needs).every(names => names.length === 0)
  return (
    <section>
      <PanelTitle>{blueprintText.whatItNeeds}</PanelTitle>
      {isNone && (
        <p className="flex items-start gap-2 text-[13px]">
          <CircleCheck className="mt-0.5 size-4 shrink-0 text-success" aria-hidden />
          {runsAnywhere ? blueprintText.needsNothing : blueprintText.needsNoOtherSystem}
        </p>
      )}
      <dl className="space-y-3 text-[13px]">
        {secrets.length > 0 && (
          <Need icon={KeyRound} title={commonText.secrets}>
            <Secrets names={secrets} />
          </Need>
        )}
        <Names icon={Server} title={blueprintText.systems} names={services} />
        <Names icon={Globe} title={blueprintText.network} names={network} />
        <Names icon={Container} title={blueprintText.images} names={images} isCode />
        <Names icon={Package} title={blueprintText.packages} names={packages} isCode />
        <Names icon={Workflow} title={commonText.flows} names={flows} isCode />
      </dl>
    </section>
  )
}

function Need({ icon: Icon, title, children }: { icon: LucideIcon; title: string; children: ReactNode }) {
  return (
    <div>
      <dt className="flex items-center gap-1.5 text-muted">
        <Icon className="size-3.5" aria-hidden /> {title}
      </dt>
      <dd className="mt-1 space-y-1 pl-5">{children}</dd>
    </div>
  )
}

function Names({ icon, title, names, isCode }: { icon: LucideIcon; title: string; names: string[]; isCode?: boolean }) {
  if (names.length === 0) return null
  return (
    <Need icon={icon} title={title}>
      {names.map(name => (
        <div key={name} className={isCode ? 'break-all font-mono text-xs' : 'break-words'}>
          {name}
        </div>
      ))}
    </Need>
  )
}

function Secrets({ names }: { names: string[] }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const mayRead = useMay()('SECRET:READ')
  const { data } = useQuery({ ...trpc.secret.listAll.queryOptions({ tenant }), enabled: mayRead })
  const placesOf = (name: string) => data?.results.filter(({ key }) => key === name).map(({ namespace }) => namespace)
  return (
    <>
      {names.map(name => {
        const places = placesOf(name)
        return (
          <div key={name}>
            <div className="flex items-center gap-1.5">
              {places && places.length > 0 && (
                <Check className="size-3.5 text-success" aria-label={blueprintText.there} />
              )}
              {places?.length === 0 && (
                <CircleDashed className="size-3.5 text-warning" aria-label={blueprintText.missing} />
              )}
              <code className="break-all font-mono text-xs">{name}</code>
            </div>
            {places && places.length > 0 && (
              <p className="pl-5 text-faint text-xs">{blueprintText.inNamespaces(places.join(', '))}</p>
            )}
          </div>
        )
      })}
      {data && names.some(name => placesOf(name)?.length === 0) && (
        <p className="text-muted text-xs">
          {blueprintText.setMissingSecrets(text => (
            <Link href={`/${tenant}/namespaces`} className="text-accent hover:underline">
              {text}
            </Link>
          ))}
        </p>
      )}
    </>
  )
}
