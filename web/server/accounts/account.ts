import { z } from 'zod'
import { roles } from '../permissions'
import { tenantSlugPattern } from '../schemas'

export const passwordMinLength = 10

/** First parts of addresses that pages and the API use themselves. */
const reservedSlugs = new Set([
  'api',
  'sign-in',
  'sign-up',
  'sign-out',
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

export const SignUp = z.object({
  email: Email,
  password: z
    .string()
    .min(passwordMinLength, `the password needs at least ${passwordMinLength} characters`)
    .max(200, 'the password has at most 200 characters'),
  name: z.string().trim().max(100).default(''),
  tenantName: z.string().trim().min(1, 'the team needs a name').max(100),
  tenantSlug: NewTenantSlug,
})
export type SignUp = z.output<typeof SignUp>

export const TenantOfUser = z.object({ slug: z.string(), name: z.string(), role: z.enum(roles) })
export type TenantOfUser = z.infer<typeof TenantOfUser>

export const Account = z.object({
  user: z.object({ id: z.string(), email: z.string(), name: z.string() }),
  tenants: z.array(TenantOfUser),
})
export type Account = z.infer<typeof Account>
