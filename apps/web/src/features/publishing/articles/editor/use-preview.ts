import { useEffect, useState } from 'react'
import { messageOf } from '../../../../lib/errors.ts'
import { useTRPCClient } from '../../../../lib/trpc.ts'

const pauseInTyping = 500

type Rendered = { body: string; html: string; error: string | undefined }

/** The HTML of a Markdown text, made by the server after a pause in typing; the last one stays until the next. */
export function usePreview(body: string) {
  const client = useTRPCClient()
  const [rendered, setRendered] = useState<Rendered>({ body: '', html: '', error: undefined })
  const empty = body.trim() === ''
  useEffect(() => {
    if (empty) return
    const abort = new AbortController()
    const render = async () => {
      try {
        const { bodyHtml } = await client.articles.preview.mutate(
          { body },
          { signal: abort.signal },
        )
        setRendered({ body, html: bodyHtml, error: undefined })
      } catch (error) {
        if (abort.signal.aborted) return
        setRendered(({ html }) => ({ body, html, error: messageOf(error) }))
      }
    }
    const timer = setTimeout(() => void render(), pauseInTyping)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [client, body, empty])
  if (empty) return { html: '', error: undefined, pending: false }
  return { html: rendered.html, error: rendered.error, pending: rendered.body !== body }
}
