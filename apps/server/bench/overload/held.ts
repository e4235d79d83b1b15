import { readFileSync } from 'node:fs'

const ESTABLISHED = '01'
const CLOSE_WAIT = '08'

/**
 * Ports of the clients whose connections the server on `port` holds. Asked of the kernel (proc(5), `/proc/net/tcp`): a
 * client that does not read does not notice that it was cut off.
 */
export function clientPortsHeld(port: number): Set<number> {
  const rows = readFileSync('/proc/net/tcp', 'utf8').trim().split('\n').slice(1)
  const held = rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, local, , state]) => portOf(local) === port && isHeld(state))
  return new Set(held.map(([, , remote]) => portOf(remote)))
}

const portOf = (address = '') => Number.parseInt(address.split(':')[1] ?? '', 16)

const isHeld = (state = '') => state === ESTABLISHED || state === CLOSE_WAIT
