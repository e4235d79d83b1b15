import { parseArgs } from 'node:util'
import type { CheckedBackup } from '@galley/backup/backups'
import { preparationOf } from '../env/database.ts'
import { UsageError, type Command } from './command.ts'

export const restore: Command = {
  name: 'restore',
  forms: ['<backup>', '--check <backup>'],
  about: `restore brings a backup into the empty database of MIGRATION_DATABASE_URL, and its files into the storage; then it does what
pnpm migrate does. With --check it reads all of the backup, compares it to its digests, and changes nothing.`,
  create(args) {
    const { folder, check } = parse(args)
    return async (deps, env) => {
      const { createBackupsOf } = await import('../env/backups.ts')
      const backups = createBackupsOf(env, deps.storage)
      if (check)
        return `${describe(await backups.check(folder))} All of it is as its manifest says.`
      const restored = await backups.restore(folder, preparationOf(env))
      return `${describe(restored)} All of it is restored.`
    }
  },
}

function parse(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { check: { type: 'boolean', default: false } },
      allowPositionals: true,
    })
    const [folder, ...more] = positionals
    if (folder !== undefined && more.length === 0) return { folder, check: values.check }
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
  throw new UsageError('restore takes the folder of one backup.')
}

const describe = ({ name, takenAt, rows, files, missing }: CheckedBackup) =>
  `${name} of ${takenAt}: ${rows} rows and ${files} files${missing > 0 ? `; ${missing} were missing when it was taken` : ''}.`
