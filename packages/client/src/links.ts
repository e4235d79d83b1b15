export { callLinks, type CallLinkOptions } from './call-links.ts'
export { galleyLinks } from './galley-links.ts'
export type { AppRouter } from './router.ts'
