/** Made by `pnpm contract --write`: of the contract that this code was built with. */
export const contractVersion = { major: 3, hash: '3e34490c8ea3' }
