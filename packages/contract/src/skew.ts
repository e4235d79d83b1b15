import { contractVersion } from './version.ts'

/** The header of every response of the API: `<major>.<hash>` of the server's `contract.json`. */
export const CONTRACT_HEADER = 'galley-contract'

export const contractHeader = ({ major, hash } = contractVersion) => `${major}.${hash}`

/**
 * Whether a response comes from a server whose contract breaks the one that this code was built with, or the other way
 * round. Another hash alone is a compatible change; without the header, or with an odd one, nothing is known.
 */
export function isBreakingSkew(
  header: string | null | undefined,
  built = contractVersion,
): boolean {
  const major = header?.match(/^(\d+)\.[0-9a-f]+$/)?.[1]
  return major !== undefined && Number(major) !== built.major
}
