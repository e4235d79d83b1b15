import type { AnyRouter } from '@tanstack/react-router'
import { createIsomorphicFn } from '@tanstack/react-start'

/** What the router's integration of queries adds to what the browser takes over. */
type Handover = {
  query?: { initial?: { dehydratedAt: number; state: { dataUpdatedAt: number } }[] }
}

/** In the place of a time that the head of the response says. */
const UNKNOWN = 0

/**
 * Leaves out of a page for all when its parts were loaded: two renderings that show the same are the same bytes, and have one `ETag`. The
 * browser takes the time from `Last-Modified`, which a 304 renews.
 */
export const keepTimesInHead = createIsomorphicFn()
  .server((router: AnyRouter, isForAll: boolean) => {
    if (!isForAll) return
    const { dehydrate } = router.options
    router.options.dehydrate = async () => {
      const handover: Handover = await dehydrate?.()
      for (const loaded of handover.query?.initial ?? []) {
        loaded.dehydratedAt = UNKNOWN
        loaded.state.dataUpdatedAt = UNKNOWN
      }
      return handover
    }
    const { onServerSsrAttach = [] } = router.serverSsrLifecycle ?? {}
    router.serverSsrLifecycle = {
      onServerSsrAttach: [
        ...onServerSsrAttach,
        (ssr) => {
          const handOver = ssr.dehydrate
          ssr.dehydrate = (options) => {
            for (const match of router.state.matches) match.updatedAt = UNKNOWN
            return handOver(options)
          }
        },
      ],
    }
  })
  .client((router: AnyRouter, _isForAll: boolean) => {
    const { hydrate } = router.options
    router.options.hydrate = (handover: Handover) => {
      const made = Math.min(Date.parse(document.lastModified), Date.now())
      for (const loaded of handover.query?.initial ?? []) {
        loaded.dehydratedAt ||= made
        loaded.state.dataUpdatedAt ||= made
      }
      return hydrate?.(handover)
    }
  })
