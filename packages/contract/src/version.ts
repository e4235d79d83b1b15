/** Made by `pnpm contract --write`: of the contract that this code was built with. */
export const contractVersion = { major: 3, hash: 'cebad5c1917f' }
