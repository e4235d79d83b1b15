import { findProgram, unlessFound } from './on-path.ts'

/** `nginx`, where there is one. */
export const nginxBinary = findProgram('nginx')

/** Behind the name of a `describe.skipIf(noNginx)`: says why it was skipped. */
export const noNginx = unlessFound('nginx')
