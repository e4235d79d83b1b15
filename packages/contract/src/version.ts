/** Made by `pnpm contract --write`: of the contract that this code was built with. */
export const contractVersion = { major: 3, hash: '1305f7634cc1' }
