/** Made by `pnpm contract --write`: of the contract that this code was built with. */
export const contractVersion = { major: 1, hash: 'cdd237d7c7f7' }
