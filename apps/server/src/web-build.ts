import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { WebContext } from '@galley/web/host'
import { BootError } from './boot-error.ts'

export type WebBuild = {
  /** Absolute path of the folder with scripts, styles, fonts and images. */
  clientDir: string
  /**
   * The address of the public page that a request target asks for, without what the page does not depend on; undefined
   * where there is none, or not by an address that is linked.
   */
  publicAddressOf(target: string): string | undefined
  /** The route of the page that a request target asks for, as it is declared; undefined before the first page is rendered. */
  pageRouteOf?(target: string): string | undefined
  /** Renders one page request. */
  fetch(request: Request, options: { context: WebContext }): Promise<Response>
}

type Renderer = Pick<WebBuild, 'fetch' | 'pageRouteOf' | 'publicAddressOf'>

/**
 * The pages as `pnpm build` left them; what renders them is loaded with the first one, which is not kept: a server of the API
 * alone does without. Throws BootError when they are not built.
 */
export function findWebBuild(
  dist = new URL('../dist/', import.meta.resolve('@galley/web/host')),
): WebBuild {
  const clientDir = fileURLToPath(new URL('client', dist))
  const serverFile = fileURLToPath(new URL('server/server.js', dist))
  if (!existsSync(clientDir) || !existsSync(serverFile)) {
    throw new BootError('The pages are not built: run pnpm build first.')
  }
  let renderer: Renderer | undefined
  const load = async (): Promise<Renderer> => (await import(pathToFileURL(serverFile).href)).default
  return {
    clientDir,
    publicAddressOf: (target) => renderer?.publicAddressOf(target),
    pageRouteOf: (target) => renderer?.pageRouteOf?.(target),
    async fetch(request, options) {
      renderer ??= await load()
      return renderer.fetch(request, options)
    },
  }
}

/** The paths of addresses at which the files of a build are served. */
export const filePathsOf = ({ clientDir }: Pick<WebBuild, 'clientDir'>): Set<string> =>
  new Set(
    readdirSync(clientDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => `/${join(relative(clientDir, parentPath), name)}`),
  )
