import { superuser } from './data-folder.ts'
import type { Postmaster } from './postmaster.ts'

export function clusterUrl({ port }: Postmaster, password: string, database: string): string {
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`
}
