import type { Cases } from '../case.ts'

export const cases: Cases = {
  'settings.update': async () => ({ input: { version: 'any', name: 'Another name' } }),
  'settings.setMaintenance': async () => ({ input: { on: false } }),
}
