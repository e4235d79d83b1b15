import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { AuthorSection } from '../../co-authors/author-section.tsx'
import { PreviewLinkSection } from '../../preview-links/preview-link-section.tsx'
import { AddressSection } from './address-section.tsx'
import type { DraftState, DraftStore } from './draft-store.ts'

type ArticleSettingsProps = { store: DraftStore; state: DraftState }

/** What is said about an article besides its text: who writes it, its address, who else may see it. Asked for when opened. */
export function ArticleSettings({ store, state: { article } }: ArticleSettingsProps) {
  const navigate = useNavigate()
  const [isOpen, setOpen] = useState(false)
  if (!article) return null
  return (
    <details
      className="border-t border-rule pt-6"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="cursor-pointer py-1 text-sm font-medium">
        Authors, address and preview links
      </summary>
      {isOpen && (
        <div className="pt-8">
          <AuthorSection
            articleId={article.id}
            onLeft={() => {
              store.discard()
              void navigate({ to: '/me/articles' })
            }}
          />
          <AddressSection store={store} article={article} />
          {article.status !== 'published' && <PreviewLinkSection articleId={article.id} />}
        </div>
      )}
    </details>
  )
}
