import { z } from 'zod'
import { roles } from '../access/permissions'
import { NamespaceId } from '../schemas'

/** A built-in role by its name, or one of the tenant's own by its id. */
export const RoleRef = z.union([z.enum(roles), z.uuid()])
export type RoleRef = z.infer<typeof RoleRef>

/** A role for the whole tenant, or for a namespace with its children. */
export const NewBinding = z.object({ role: RoleRef, namespace: NamespaceId.nullable().default(null) })
export type NewBinding = z.infer<typeof NewBinding>

export const Binding = z.object({
  id: z.string(),
  role: RoleRef,
  /** As a page shows it. */
  roleName: z.string(),
  namespace: z.string().nullable(),
})
export type Binding = z.infer<typeof Binding>

export const bindingColumns = {
  id: true,
  builtIn: true,
  roleId: true,
  namespace: true,
  role: { select: { name: true } },
} as const

type Row = {
  id: string
  builtIn: string | null
  roleId: string | null
  namespace: string | null
  role: { name: string } | null
}

export function toBinding({ id, builtIn, roleId, namespace, role }: Row): Binding {
  const ref = RoleRef.parse(builtIn ?? roleId)
  return { id, role: ref, roleName: role?.name ?? ref, namespace }
}
