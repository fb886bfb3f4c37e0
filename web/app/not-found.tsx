import { MapPinOff } from 'lucide-react'
import { shellText } from '#text/shell'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'

export default function NotFoundPage() {
  return (
    <main className="grid min-h-full place-items-center">
      <EmptyState icon={MapPinOff} title={shellText.thereIsNothingHere} text={shellText.whyNothingIsHere}>
        <Button variant="primary" asChild>
          <a href="/">{shellText.goToTheStart}</a>
        </Button>
      </EmptyState>
    </main>
  )
}
