import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsync } from 'fastify'
import type { AppDeps } from '@galley/api/ctx'
import { getSite } from '@galley/platform/site/get'
import type { WebBuild } from '../web-build.ts'
import { pages } from './web/pages.ts'

const ASSETS = 'public, max-age=31536000, immutable' // their names hold a hash of their content
const FILES = 'public, max-age=3600'

/** The built web app: its files, and a rendered page for every other address. */
export const web: FastifyPluginAsync<{
  webBuild: WebBuild
  deps: Pick<AppDeps, 'site'>
}> = async (app, { webBuild, deps }) => {
  await app.register(fastifyStatic, {
    root: webBuild.clientDir,
    wildcard: false, // one route per file: no address of a request ever reaches the file system
    index: false,
    globIgnore: ['**/.*', '**/.*/**', '**/*.{map,br,gz}'],
    preCompressed: true, // the build leaves .br and .gz beside the files
    cacheControl: false,
    setHeaders(reply, path) {
      reply.header('cache-control', path.includes('/assets/') ? ASSETS : FILES)
    },
  })
  await app.register(pages, {
    webBuild,
    origin: deps.site.origin,
    site: getSite(deps),
  })
}
