/** Made by `pnpm contract --write`: of the contract that this code was built with. */
export const contractVersion = { major: 4, hash: 'bf48c209b457' }
