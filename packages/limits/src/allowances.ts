import type { Quota } from './window.ts'

/** What is charged beside the caller's general allowance: actions worth attacking, or dear. */
export type Allowance = 'sign-in' | 'sign-up' | 'reset' | 'search' | 'upload'

/** A quota under the name by which headers and counters know it. */
export type Policy = Quota & { name: string }

export type Policies = {
  /** Of a person, or of an address that nobody signed in from. */
  calls: Policy
  /** Of all the people at one address together. */
  network: Policy
  /** Of an address, and of a person where one is signed in. */
  named: Record<Allowance, { address: Policy; person: Policy }>
}

const MINUTE = 60
const HOUR = 3600

/** At 600 calls a minute. An address may be an office or a mobile network, so it has more than a person where people search and upload. */
const named = {
  'sign-in': { address: 30, person: 30, windowSeconds: MINUTE },
  'sign-up': { address: 10, person: 10, windowSeconds: HOUR },
  reset: { address: 20, person: 10, windowSeconds: HOUR },
  search: { address: 240, person: 60, windowSeconds: MINUTE },
  upload: { address: 240, person: 60, windowSeconds: HOUR },
} satisfies Record<Allowance, { address: number; person: number; windowSeconds: number }>

/** Every quota, in proportion to the one that is configured; none below 1. */
export function policiesFor(callsPerMinute: number): Policies {
  const scaled = (units: number) => Math.max(1, Math.floor((units * callsPerMinute) / 600))
  const policies = (name: Allowance) => {
    const { address, person, windowSeconds } = named[name]
    return {
      address: { name, quota: scaled(address), windowSeconds },
      person: { name, quota: scaled(person), windowSeconds },
    }
  }
  return {
    calls: { name: 'calls', quota: callsPerMinute, windowSeconds: MINUTE },
    network: { name: 'network', quota: 10 * callsPerMinute, windowSeconds: MINUTE },
    named: {
      'sign-in': policies('sign-in'),
      'sign-up': policies('sign-up'),
      reset: policies('reset'),
      search: policies('search'),
      upload: policies('upload'),
    },
  }
}
