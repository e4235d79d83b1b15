import type { SettingsView, UpdateSettings } from '@galley/contract/settings'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { reasonOf } from '../../../lib/errors.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { siteSettings } from './queries.ts'

/** The settings, and how some of them are changed: of the version that is shown. */
export function useSettings(): {
  view: SettingsView
  save: (change: Omit<UpdateSettings, 'version'>) => Promise<SettingsView>
} {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { data: view } = useSuspenseQuery(siteSettings(trpc))
  const { queryKey } = siteSettings(trpc)
  const update = useMutation(
    trpc.settings.update.mutationOptions({
      onSuccess: (saved) => queryClient.setQueryData(queryKey, saved),
      // Who sends it once more does so knowing that others have changed something.
      onError: async (error) => {
        if (reasonOf(error) === 'settings/stale-version') {
          await queryClient.invalidateQueries({ queryKey })
        }
      },
    }),
  )
  return { view, save: (change) => update.mutateAsync({ ...change, version: view.version }) }
}
