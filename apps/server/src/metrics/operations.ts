import { serverAddressOf } from '@galley/tracing/server-address'
import type { Registry } from 'prom-client'
import { DATABASE_SECONDS } from './buckets.ts'
import { createDurations } from './durations.ts'

/** Statements of PostgreSQL and commands of Redis share a name: which they are of is a label. */
export const createOperations = (registry: Registry) =>
  createDurations(registry, {
    name: 'db_client_operation_duration_seconds',
    help: 'Duration of statements and of commands to Redis, without their wait for a connection of the pool.',
    labelNames: [
      'db_system_name',
      'db_operation_name',
      'server_address',
      'server_port',
      'galley_db_role',
      'error_type',
    ],
    buckets: DATABASE_SECONDS,
  })

export type Operations = ReturnType<typeof createOperations>

/** Where they are sent to. */
export function serverLabels(url: string, defaultPort: number) {
  const { 'server.address': address, 'server.port': port } = serverAddressOf(url, defaultPort)
  return { server_address: address, ...(port !== undefined && { server_port: String(port) }) }
}
