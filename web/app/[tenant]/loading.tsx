import { SkeletonRows } from '#ui/ui/skeleton'

export default function Loading() {
  return <SkeletonRows />
}
