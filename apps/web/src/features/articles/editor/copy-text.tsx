import { Button } from '@galley/ui/button'
import { notify } from '../../../lib/notify.ts'
import type { Content } from './content.ts'

/** Puts a whole article on the clipboard, as one Markdown text. */
export function CopyText({ content }: { content: Content }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(asText(content))
      await notify({ title: 'Your text is on the clipboard.' })
    } catch {
      await notify({
        title: 'The browser refused the clipboard.',
        description: 'Select the text and copy it by hand.',
        tone: 'bad',
      })
    }
  }
  return (
    <Button variant="line" size="small" onClick={() => void copy()}>
      Copy my text
    </Button>
  )
}

function asText({ title, description, body }: Content) {
  return [title && `# ${title}`, description, body].filter(Boolean).join('\n\n')
}
