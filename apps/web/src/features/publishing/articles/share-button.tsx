import type { ArticleView } from '@galley/contract/publishing/articles'
import { Button } from '@galley/ui/button'
import { Share2 } from 'lucide-react'
import { notify } from '../../../lib/notify.ts'

/** Hands the article's address to what the device shares with, or else to the clipboard. */
export function ShareButton({ article: { slug, title } }: { article: ArticleView }) {
  const share = async () => {
    const { href: url } = new URL(`/articles/${encodeURIComponent(slug)}`, window.location.href)
    if ('share' in navigator) {
      const refusal = await navigator.share({ title, url }).then(
        () => 'none',
        ({ name }: DOMException) => name,
      )
      // Closing the device's dialog is no failure.
      if (refusal === 'none' || refusal === 'AbortError') return
    }
    await copy(url)
  }
  return (
    <Button variant="line" size="small" onClick={() => void share()}>
      <Share2 aria-hidden="true" className="size-4" />
      Share
    </Button>
  )
}

async function copy(url: string) {
  try {
    await navigator.clipboard.writeText(url)
    await notify({ title: 'The link is copied.' })
  } catch {
    await notify({ title: 'The link could not be copied.', description: url, tone: 'bad' })
  }
}
