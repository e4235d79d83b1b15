import type { Topic } from '@galley/contract/topics'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Change } from './live-stream.ts'

/**
 * Calls `hear` with what happens to the topics while the component is shown. Events hold ids and nothing to show: read it by
 * ordinary queries. On `reload` all queries that are shown are read again already. Several may watch the same; a tab has one
 * stream, which is loaded when something is first watched.
 */
export function useLive(topics: readonly Topic[], hear: (change: Change) => void): void {
  const queryClient = useQueryClient()
  const listener = useRef(hear)
  useEffect(() => {
    listener.current = hear
  })
  const key = JSON.stringify(topics)
  useEffect(() => {
    const watched: Topic[] = JSON.parse(key)
    if (watched.length === 0 || !('EventSource' in window)) return
    let isGone = false
    let leave = () => {}
    const join = async () => {
      const { joinLive } = await import('./live-stream.ts')
      if (isGone) return
      leave = joinLive({
        topics: watched,
        hear(change) {
          if (change.event === 'reload') void queryClient.invalidateQueries()
          listener.current(change)
        },
      })
    }
    join().catch(() => {}) // a page without it shows what it has
    return () => {
      isGone = true
      leave()
    }
  }, [key, queryClient])
}
