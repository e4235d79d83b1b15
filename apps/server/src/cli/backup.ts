import { operatorCtx, parseOptions, takesNoArguments, UsageError, type Command } from './command.ts'

/** The backup is there, and says which files it lacks. */
const FILES_MISSING = 3

export const backup: Command = {
  name: 'backup',
  forms: ['[--to <folder>]'],
  about: `backup writes the database and the uploaded files, as they are at one moment, to a folder of its own in --to, or BACKUP_DIR. It
ends with ${FILES_MISSING} where the storage lacks files: the backup is whole but for these.`,
  create(args) {
    const { to } = parseOptions(args, { to: { type: 'string' } })
    return async (deps, env) => {
      const folder = to ?? env.BACKUP_DIR
      if (folder === undefined) throw new UsageError('Say where to: --to, or BACKUP_DIR.')
      const { createBackupsOf } = await import('../env/backups.ts')
      const { takeBackup } = await import('@galley/platform/backups/take')
      const backups = createBackupsOf(env, deps.storage)
      const ctx = operatorCtx(deps)
      const { path, rows, files, missing, notRemoved } = await takeBackup(ctx, backups, {
        folder: to,
      })
      const left = notRemoved ? ` Older ones were not removed: ${notRemoved.message}` : ''
      const written = `${path} holds ${rows} rows and ${files} files.${left}`
      if (missing.length === 0) return written
      const first = missing.slice(0, 5).join(', ')
      return {
        message: `${written} ${missing.length} files are missing in the storage: ${first}${missing.length > 5 ? ', ...' : ''}`,
        exitCode: FILES_MISSING,
      }
    }
  },
}

export const createBackupKey: Command = {
  name: 'backup key',
  about:
    'backup key makes a pair of keys for BACKUP_KEY: one that only encrypts, for the server, and the one that restores, for a safe place.',
  create(args) {
    takesNoArguments(this.name, args)
    return async () => {
      const { createKey } = await import('@galley/backup/key')
      const { secret, recipient } = await createKey()
      return `# For the server, only encrypts:\nBACKUP_KEY=${recipient}\n# To restore; keep it where neither the server nor the backups are:\nBACKUP_KEY=${secret}`
    }
  },
}
