import { Counter, type Registry } from 'prom-client'

/** Counts what is refused in front of all that measures requests. */
export type RefusalMeter = {
  /** A request that came by http, and was sent to https or refused. */
  insecure(): void
  /** So many connections were closed unheard, since too many were open. */
  connections(count: number): void
}

export function createRefusalMeter(registry: Registry): RefusalMeter {
  const registers = [registry]
  const requests = new Counter({
    name: 'galley_requests_insecure_total',
    help: 'Requests that came by http, and were sent to https or refused.',
    registers,
  })
  const connections = new Counter({
    name: 'galley_connections_refused_total',
    help: 'Connections closed unheard since too many were open.',
    registers,
  })
  return {
    insecure: () => requests.inc(),
    connections: (count) => connections.inc(count),
  }
}
