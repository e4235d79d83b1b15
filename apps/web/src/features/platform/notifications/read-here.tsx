import { type AnyRouteMatch, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useMarkRead } from './use-mark-read.ts'

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** Whether who sees this page has read what notifications tell of the thing that its loader returns. */
    marksRead?: boolean
  }
}

/** Marks as read what is told of the thing on the screen: who reads it here gets no e-mail of it. */
export function ReadHere({ unread }: { unread: number }) {
  const about = useRouterState({ select: ({ matches }) => idOf(matches.at(-1)) })
  const { mutate } = useMarkRead().all
  const seen = useRef<{ about: string | undefined; unread: number }>({ about, unread: 0 })
  useEffect(() => {
    const { current } = seen
    const isMore = unread > (current.about === about ? current.unread : 0)
    seen.current = { about, unread }
    if (about !== undefined && isMore && !document.hidden) mutate({ about })
  }, [about, unread, mutate])
  return null
}

function idOf(match: AnyRouteMatch | undefined): string | undefined {
  const data: unknown = match?.staticData.marksRead ? match.loaderData : undefined
  const isThing = typeof data === 'object' && data !== null && 'id' in data
  return isThing && typeof data.id === 'string' ? data.id : undefined
}
