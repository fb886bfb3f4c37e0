import ReactMarkdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'

const components: Components = {
  p: ({ children }) => <p className="[&:not(:first-child)]:mt-2">{children}</p>,
  a: ({ children, href }) => (
    <a href={href} target="_blank" rel="noreferrer" className="text-accent underline-offset-2 hover:underline">
      {children}
    </a>
  ),
  code: ({ children }) => <code className="rounded bg-hover px-1 py-px font-mono text-[0.92em]">{children}</code>,
  pre: ({ children }) => (
    <pre className="mt-2 overflow-x-auto rounded-md border bg-subtle p-3 text-xs [&_code]:bg-transparent [&_code]:p-0">
      {children}
    </pre>
  ),
  ul: ({ children }) => <ul className="mt-2 list-disc space-y-1 pl-5">{children}</ul>,
  ol: ({ children }) => <ol className="mt-2 list-decimal space-y-1 pl-5">{children}</ol>,
  h1: ({ children }) => <h3 className="mt-3 font-semibold text-sm">{children}</h3>,
  h2: ({ children }) => <h3 className="mt-3 font-semibold text-sm">{children}</h3>,
  h3: ({ children }) => <h4 className="mt-3 font-medium">{children}</h4>,
  // Pictures of other hosts would tell them who looks.
  img: ({ alt }) => <span className="text-faint">[{alt}]</span>,
}

export default function MarkdownText({ text }: { text: string }) {
  return (
    <div className="break-words text-[13px] leading-5">
      <ReactMarkdown remarkPlugins={[remarkGfm]} components={components}>
        {text}
      </ReactMarkdown>
    </div>
  )
}
