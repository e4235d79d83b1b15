import { Button } from '@galley/ui/button'
import { Link2 } from 'lucide-react'
import { useState } from 'react'
import { Section } from '../../platform/layout/section.tsx'
import { PreviewLinkDialog } from './preview-link-dialog.tsx'

/** The way to the links by which others see an article before it is out. */
export function PreviewLinkSection({ articleId }: { articleId: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Section
      title="Preview links"
      lead="Show the article to somebody who has no account here, for as long as you choose."
    >
      <Button variant="line" className="self-start" onClick={() => setOpen(true)}>
        <Link2 aria-hidden="true" className="size-4" />
        Preview links
      </Button>
      {isOpen && <PreviewLinkDialog articleId={articleId} onClose={() => setOpen(false)} />}
    </Section>
  )
}
