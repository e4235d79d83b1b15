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
  /** Renders one page request. */
  fetch(request: Request, options: { context: WebContext }): Promise<Response>
}

/** The pages as `pnpm build` left them. Throws BootError when they are not built. */
export async function loadWebBuild(
  dist = new URL('../dist/', import.meta.resolve('@galley/web/host')),
): Promise<WebBuild> {
  const clientDir = fileURLToPath(new URL('client', dist))
  const serverFile = fileURLToPath(new URL('server/server.js', dist))
  if (!existsSync(clientDir) || !existsSync(serverFile)) {
    throw new BootError('The pages are not built: run pnpm build first.')
  }
  const server: { default: Pick<WebBuild, 'fetch' | 'publicAddressOf'> } = await import(
    pathToFileURL(serverFile).href
  )
  return { clientDir, ...server.default }
}

/** The paths of addresses at which the files of a build are served. */
export const filePathsOf = ({ clientDir }: Pick<WebBuild, 'clientDir'>): Set<string> =>
  new Set(
    readdirSync(clientDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => `/${join(relative(clientDir, parentPath), name)}`),
  )
