/** Made by `pnpm contract --write`: of the contract that this code was built with. */
export const contractVersion = { major: 3, hash: '9679fa8383af' }
