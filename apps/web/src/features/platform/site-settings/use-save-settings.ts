import type { SettingsView, UpdateSettings } from '@galley/contract/settings'
import {
  type QueryClient,
  useMutation,
  useQueryClient,
  useSuspenseQuery,
} from '@tanstack/react-query'
import { type RegisteredRouter, useRouter } from '@tanstack/react-router'
import { reasonOf } from '../../../lib/errors.ts'
import { useTRPC, useTRPCClient } from '../../../lib/trpc.ts'
import { siteSettings } from './queries.ts'

type Change = Omit<UpdateSettings, 'version'>

/** One call about the settings at a time: each returns all of them, and an earlier state must not replace a later one. */
export const inTurn = { scope: { id: 'site-settings' } }

/** The settings, and how some of them are changed: of the version that is shown, or that this page has made of it since. */
export function useSettings(): {
  view: SettingsView
  save: (change: Change) => Promise<SettingsView>
} {
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const router = useRouter()
  const { queryKey, ...query } = siteSettings(useTRPC())
  const { data: view } = useSuspenseQuery({ queryKey, ...query })
  const update = useMutation({
    ...inTurn,
    mutationFn: async ({ change, shown }: { change: Change; shown: number }) => {
      const own = ownSavesOf(queryClient)
      const version = lastOf(own, shown)
      const saved = await client.settings.update.mutate({ ...change, version })
      if (saved.version !== version) own.set(version, saved.version)
      return saved
    },
    onSuccess: (saved) => {
      queryClient.setQueryData(queryKey, saved)
      void showSite(router, saved)
    },
    // Who sends it once more does so knowing that others have changed something.
    onError: async (error) => {
      if (reasonOf(error) === 'settings/stale-version') {
        await queryClient.invalidateQueries({ queryKey })
      }
    },
  })
  return { view, save: (change) => update.mutateAsync({ change, shown: view.version }) }
}

/** Shows the site around the page by its new settings. */
function showSite(router: RegisteredRouter, { settings, logoUrl }: SettingsView) {
  const { name, description, signUp } = settings
  const { context } = router.options
  router.options.context = {
    ...context,
    site: { ...context.site, name, description, signUp, logoUrl },
  }
  return router.invalidate()
}

/** What this page has made of each version. */
const ownSaves = new WeakMap<QueryClient, Map<number, number>>()

function ownSavesOf(queryClient: QueryClient) {
  const known = ownSaves.get(queryClient) ?? new Map<number, number>()
  ownSaves.set(queryClient, known)
  return known
}

/** The version that one's own saves led to from another: nobody else has changed anything in between. */
function lastOf(own: ReadonlyMap<number, number>, version: number): number {
  const next = own.get(version)
  return next === undefined ? version : lastOf(own, next)
}
