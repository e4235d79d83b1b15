import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

/** Where uploaded files are. */
export const mediaVariables = {
  MEDIA_FOLDER: z
    .string()
    .default('.galley/media')
    .describe(
      'The folder for uploaded files; a relative one begins where Galley is installed. All processes and servers need the same one.',
    ),
}

export const mediaFolderOf = (env: { MEDIA_FOLDER: string }) => path.resolve(root, env.MEDIA_FOLDER)
