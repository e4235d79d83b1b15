import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { searchPath } from './env.ts'

/** The first program of this name on the PATH, or where Debian keeps servers, which few have on theirs. */
export const findProgram = (name: string): string | undefined =>
  [...searchPath.split(path.delimiter), '/usr/sbin']
    .map((folder) => path.join(folder, name))
    .find(isExecutable)

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
