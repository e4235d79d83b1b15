import { CopyButton } from '../../../platform/layout/copy-button.tsx'
import type { Content } from './content.ts'

/** Puts a whole article on the clipboard, as one Markdown text. */
export function CopyText({ content }: { content: Content }) {
  return (
    <CopyButton text={() => asText(content)} done="Your text is on the clipboard.">
      Copy my text
    </CopyButton>
  )
}

function asText({ title, description, body }: Content) {
  return [title && `# ${title}`, description, body].filter(Boolean).join('\n\n')
}
