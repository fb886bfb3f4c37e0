import { z } from 'zod'
import { Filters } from '../filters'
import { Flag, FlowId, Namespace, Paging, Timestamp } from '../schemas'

export const ListExecutions = z
  .object({
    /** Part of an id, a flow's id or a namespace. */
    q: z.string().max(200).optional(),
    namespace: Namespace.optional(),
    flowId: FlowId.optional(),
    state: z.union([z.array(z.string()), z.string().transform(text => text.split(','))]).optional(),
    startDate: Timestamp.optional(),
    endDate: Timestamp.optional(),
    /** `key:value`, all must hold. */
    labels: z.union([z.array(z.string()), z.string().transform(text => [text])]).optional(),
    filters: Filters.optional(),
    /** No: nothing is counted, and no page takes long; one may then hold less than was asked for although there is more. */
    withTotal: Flag.optional(),
  })
  .extend(Paging.shape)
export type ListExecutions = z.output<typeof ListExecutions>
