import type { Contract } from './contract.ts'

/** The text of `packages/contract/src/version.ts`: what a browser may know of `contract.json`. */
export const versionModule = ({ major, hash }: Contract['version']): string =>
  `/** Made by \`pnpm contract --write\`: of the contract that this code was built with. */
export const contractVersion = { major: ${major}, hash: '${hash}' }
`
