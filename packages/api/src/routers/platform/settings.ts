import { Nothing } from '@galley/contract/primitives'
import { SetMaintenance, SettingsView, UpdateSettings } from '@galley/contract/settings'
import { getSettings } from '@galley/platform/settings/get'
import { setMaintenance } from '@galley/platform/settings/maintenance'
import { updateSettings } from '@galley/platform/settings/update'
import { adminProcedure, adminTokenProcedure, router } from '../../trpc.ts'
import { docs } from './settings.docs.ts'

export const settings = router({
  get: adminTokenProcedure({
    cost: 1,
    queries: 1,
    scope: 'site:read',
    rest: { method: 'GET', path: '/site/settings' },
    docs: docs.get,
  })
    .input(Nothing)
    .output(SettingsView)
    .query(({ ctx }) => getSettings(ctx)),
  update: adminTokenProcedure({
    cost: 5,
    queries: 8,
    scope: 'site:write',
    rest: { method: 'PATCH', path: '/site/settings', versioned: true },
    docs: docs.update,
  })
    .input(UpdateSettings)
    .output(SettingsView)
    .mutation(({ ctx, input }) => updateSettings(ctx, input)),
  setMaintenance: adminProcedure({ cost: 5, queries: 6 })
    .input(SetMaintenance)
    .output(SettingsView)
    .mutation(({ ctx, input }) => setMaintenance(ctx, input)),
})
