import type { Command, Redis } from 'ioredis'

/** A command as it is measured: neither its keys nor its values. `script` is the hash of the one that it runs. */
export type AskedCommand = { operation: string; script?: string }

/** Hears of what is sent to Redis. What it is called with must not throw. */
export type RedisMeter = {
  /** Called as a command is asked for; what it returns, when it has ended, with what it failed by. */
  command(asked: AskedCommand): (error?: unknown) => void
}

/** Lets the meter hear of each command of a client once, those that its connection begins with too. */
export function meterCommands(client: Redis, meter: RedisMeter): void {
  const send = client.sendCommand.bind(client)
  // What waits for a connection comes by again when there is one.
  const heard = new WeakSet<Command>()
  client.sendCommand = (command: Command, ...rest) => {
    const result = send(command, ...rest)
    if (heard.has(command)) return result
    heard.add(command)
    const ended = meter.command(askedBy(command))
    command.promise.then(() => ended(), ended)
    return result
  }
}

function askedBy({ name, args }: Command): AskedCommand {
  const operation = name.toUpperCase()
  return operation === 'EVALSHA' ? { operation, script: String(args[0]) } : { operation }
}

/** A word for why a command failed: the prefix of what Redis replied, else whether it was late or had no connection. */
export function redisErrorType(error: unknown): string {
  if (!(error instanceof Error)) return 'connection'
  if (error.name === 'ReplyError') return replyPrefix(error) ?? 'ERR'
  return error.message === 'Command timed out' ? 'timeout' : 'connection'
}

/** `WRONGTYPE`, `OOM`: undefined where it was not Redis that refused. */
export function replyPrefix({ name, message }: Error): string | undefined {
  const [prefix] = /^[A-Z]+(?= )/.exec(message) ?? []
  return name === 'ReplyError' ? prefix : undefined
}
