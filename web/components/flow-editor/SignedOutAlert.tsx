import { editorText } from '#text/editor'
import { Button } from '#ui/ui/button'

/** The session ended while there is unsaved text: it stays here until somebody signs in again. */
export function SignedOutAlert() {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-2 border-b bg-warning-soft px-4 py-1.5 text-[13px] text-warning"
    >
      <span className="flex-1">{editorText.signedOut}</span>
      <Button size="sm" asChild>
        <a href="/sign-in" target="_blank" rel="noreferrer">
          {editorText.signInInANewTab}
        </a>
      </Button>
    </div>
  )
}
