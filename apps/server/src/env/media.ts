import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

const MB = 1024 * 1024

/** Where uploaded files are, and how much of them there may be. */
export const mediaVariables = {
  MEDIA_FOLDER: z
    .string()
    .default('.galley/media')
    .describe(
      'The folder for uploaded files; a relative one begins where Galley is installed. All processes and servers need the same one.',
    ),
  MEDIA_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1024)
    .max(1024 * MB)
    .default(20 * MB)
    .describe('The most bytes that one uploaded file may have.'),
  MEDIA_QUOTA_BYTES: z.coerce
    .number()
    .int()
    .min(0)
    .default(1024 * MB)
    .describe('The most bytes that all uploaded files of one person may have together.'),
}

export const mediaFolderOf = (env: { MEDIA_FOLDER: string }) => path.resolve(root, env.MEDIA_FOLDER)
