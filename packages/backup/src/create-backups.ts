import path from 'node:path'
import type { Backups, BackupSettings } from './backups.ts'

/** Backups of one database and its files as folders of a file system. Loads what it needs, and opens anything, at the first use. */
export const createBackups = (settings: BackupSettings): Backups => ({
  async take(options = {}) {
    const { takeBackup } = await import('./take.ts')
    return takeBackup(settings, options)
  },
  async check(folder) {
    const { checkBackup, summaryOf } = await import('./check.ts')
    const place = { folder: path.resolve(folder), key: settings.key }
    return summaryOf(place.folder, await checkBackup(place))
  },
  async restore(folder, into) {
    const { restoreBackup } = await import('./restore.ts')
    return restoreBackup(settings, path.resolve(folder), into)
  },
})
