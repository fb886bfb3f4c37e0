import { z } from 'zod'
import { PermissionName } from '../access/access'
import { tenantSlugPattern } from '../schemas'
import { Tour } from './tour'

export const passwordMinLength = 10

/** First parts of addresses that pages and the API use themselves. */
const reservedSlugs = new Set([
  'api',
  'sign-in',
  'sign-up',
  'sign-out',
  'account',
  'invitations',
  'verify-email',
  'change-email',
  'reset-password',
  'settings',
  'static',
  'assets',
  'docs',
  'admin',
  'plugins',
  'configs',
  'health',
])

export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email('this is no e-mail address'))
  .meta({ override: { type: 'string', format: 'email' } })

export const NewTenantSlug = z
  .string()
  .trim()
  .min(2, 'the address needs at least 2 characters')
  .max(40, 'the address has at most 40 characters')
  .regex(tenantSlugPattern, 'lower-case letters, digits and - between them')
  .refine(slug => !reservedSlugs.has(slug), 'this address is taken')

export const NewPassword = z
  .string()
  .min(passwordMinLength, `the password needs at least ${passwordMinLength} characters`)
  .max(200, 'the password has at most 200 characters')

/** One that is there: only compared, so that it need not fit today's rules. */
export const GivenPassword = z.string().max(1000)

export const UserName = z.string().trim().max(100)

export const SignUp = z.object({
  email: Email,
  password: NewPassword,
  name: UserName.default(''),
  tenantName: z.string().trim().min(1, 'the team needs a name').max(100),
  tenantSlug: NewTenantSlug,
})
export type SignUp = z.output<typeof SignUp>

export const TenantOfUser = z.object({
  slug: z.string(),
  name: z.string(),
  /** As a page shows them: `EDITOR`, `EDITOR in company.team`, or the names of the tenant's own roles. */
  roles: z.array(z.string()),
  /** What they may do there, somewhere at least. */
  permissions: z.array(PermissionName),
  /** In which namespaces, with their children, those of them that don't hold in all. */
  within: z.partialRecord(PermissionName, z.array(z.string())),
})
export type TenantOfUser = z.infer<typeof TenantOfUser>

export const Account = z.object({
  user: z.object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    /** Whether the address is proven; `REQUIRED`: not yet, and no tenant opens before. */
    verification: z.enum(['DONE', 'OPEN', 'REQUIRED']),
    /** How far they have come in the first-run tour. */
    tour: Tour,
  }),
  /** Whether this installation can send mails. */
  hasMail: z.boolean(),
  tenants: z.array(TenantOfUser),
})
export type Account = z.infer<typeof Account>
