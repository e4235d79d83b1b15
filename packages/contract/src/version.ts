/** Made by `pnpm contract --write`: of the contract that this code was built with. */
export const contractVersion = { major: 2, hash: 'f09f4c64bd7a' }
