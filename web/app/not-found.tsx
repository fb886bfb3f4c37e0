import { MapPinOff } from 'lucide-react'
import Link from 'next/link'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'

export default function NotFoundPage() {
  return (
    <main className="grid min-h-full place-items-center">
      <EmptyState
        icon={MapPinOff}
        title="There is nothing here"
        text="The address is misspelt, or it leads to a tenant you are no member of."
      >
        <Button variant="primary" asChild>
          <Link href="/">Go to the start</Link>
        </Button>
      </EmptyState>
    </main>
  )
}
