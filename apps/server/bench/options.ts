import { parseArgs } from 'node:util'

export type Options = {
  rounds: number
  seconds: number
  connections: number
  /** Names of cases to run; all when empty. */
  only: string[]
  /** Write CPU profiles of Galley's process. */
  profile: boolean
}

/** Reads the command line. Throws TypeError for what it does not know. */
export function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      connections: { type: 'string', default: '16' },
      only: { type: 'string', default: '' },
      profile: { type: 'boolean', default: false },
    },
  })
  const { quick, rounds = quick ? '2' : '5', seconds = quick ? '1' : '4' } = values
  return {
    rounds: Number(rounds),
    seconds: Number(seconds),
    connections: Number(values.connections),
    only: values.only.split(',').filter(Boolean),
    profile: values.profile,
  }
}
