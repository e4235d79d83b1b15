/** Made by `pnpm contract --write`: of the contract that this code was built with. */
export const contractVersion = { major: 2, hash: '45391d394fc1' }
