import { ImageUrl } from '@galley/contract/publishing/articles'
import { useEffect, useState } from 'react'

const pauseInTyping = 800

/** The address once it is whole and allowed; every half-typed one would be a request in vain. */
export function useCoverPreview(typed: string) {
  const [settled, setSettled] = useState(typed)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), pauseInTyping)
    return () => clearTimeout(timer)
  }, [typed])
  const parsed = ImageUrl.safeParse(settled)
  return parsed.success && parsed.data !== '' ? parsed.data : undefined
}
