import { z } from 'zod'
import { AnyJsonObject, InTenant, Timestamp } from '../schemas'

export const BlueprintKind = z
  .enum(['MILLRACE', 'OWN'])
  .meta({ description: 'MILLRACE: ready flows that come with it; OWN: of the tenant' })

/** A slug of Millrace's, or the id of one's own. */
const BlueprintId = z.string().min(1).max(100)
export const BlueprintRef = InTenant.extend({ id: BlueprintId })
export const OwnBlueprintRef = InTenant.extend({ id: z.uuid() })

/** A card of the gallery. */
export const BlueprintCard = z.object({
  id: z.string(),
  kind: BlueprintKind,
  title: z.string(),
  description: z.string().meta({ description: 'Markdown' }),
  tags: z.array(z.string()),
  types: z.array(z.string()).meta({ description: 'The plugins it uses' }),
  runsAnywhere: z.boolean().meta({ description: 'Needs nothing but Millrace itself' }),
})
export type BlueprintCard = z.infer<typeof BlueprintCard>

export const BlueprintNeeds = z.object({
  secrets: z.array(z.string()),
  images: z.array(z.string()),
  packages: z.array(z.string()),
  network: z.array(z.string()),
  services: z.array(z.string()),
  flows: z.array(z.string()),
})

export const BlueprintRecord = BlueprintCard.extend({
  source: z.string().meta({ description: 'YAML of a flow; << arg.name >> stands for an argument' }),
  templateArguments: z.array(AnyJsonObject).meta({ description: 'In the form of the inputs of a flow' }),
  needs: BlueprintNeeds,
  version: z.number().meta({ description: 'Of one’s own: which it is' }),
  latestVersion: z.number(),
  savedBy: z.string(),
  savedAt: Timestamp.nullable(),
})
export type BlueprintRecord = z.infer<typeof BlueprintRecord>

export const BlueprintVersion = z.object({
  version: z.number(),
  title: z.string(),
  savedBy: z.string(),
  savedAt: Timestamp,
})
export type BlueprintVersion = z.infer<typeof BlueprintVersion>

/** What is said of a blueprint when it is saved. */
export const BlueprintText = z.object({
  title: z.string().trim().min(1, 'a blueprint needs a title').max(100),
  description: z.string().trim().max(5000).default(''),
  tags: z.array(z.string().trim().min(1).max(40)).max(10).default([]),
  source: z.string().min(1, 'a blueprint needs a flow').max(500_000),
  templateArguments: z.array(AnyJsonObject).max(50).default([]),
})
export type BlueprintText = z.output<typeof BlueprintText>
