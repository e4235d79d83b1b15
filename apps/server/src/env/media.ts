import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { isLoopback } from '@galley/auth/loopback'
import { createDiskStorage } from '@galley/storage/disk'
import { createS3Storage } from '@galley/storage/s3'
import type { Storage } from '@galley/storage/storage'
import { createClamdScanner } from '@galley/virus-scan/clamd'
import { noVirusScanner, type VirusScanner } from '@galley/virus-scan/virus-scanner'
import { z } from 'zod'
import { int } from './numbers.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

const MB = 1024 * 1024

/** Where uploaded files are, how much of them there may be, and what looks at them. */
export const mediaVariables = {
  MEDIA_FOLDER: z
    .string()
    .default('.galley/media')
    .describe(
      'The folder for uploaded files; a relative one begins where Galley is installed. All processes and servers need the same one.',
    ),
  MEDIA_MAX_BYTES: int(1024, 1024 * MB)
    .default(20 * MB)
    .describe('The most bytes that one uploaded file may have.'),
  MEDIA_QUOTA_BYTES: int(0, Number.MAX_SAFE_INTEGER)
    .default(1024 * MB)
    .describe('The most bytes that all uploaded files of one person may have together.'),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'it must be the name of a bucket')
    .optional()
    .describe(
      'Keeps uploaded files in this bucket of a store that speaks S3, not in MEDIA_FOLDER.',
    ),
  S3_ENDPOINT: z
    .string()
    .refine(isOrigin, 'it must look like https://s3.example.com, without a path')
    .optional()
    .describe(
      'Where that store is, https://s3.example.com; AWS unless set. In production https:// unless it is on this machine.',
    ),
  S3_REGION: z.string().max(60).default('us-east-1').describe('The region of the bucket.'),
  S3_PATH_STYLE: z
    .enum(['yes', 'no'])
    .default('no')
    .describe(
      'Whether the bucket is in the path, https://s3.example.com/bucket, as most stores but AWS want it: yes or no.',
    ),
  S3_ACCESS_KEY_ID: z
    .string()
    .optional()
    .describe(
      'The key that may read, write and list the bucket; the role of the machine unless set.',
    ),
  S3_SECRET_ACCESS_KEY: z
    .string()
    .optional()
    .describe('The secret that belongs to S3_ACCESS_KEY_ID.'),
  VIRUS_SCAN: z
    .string()
    .refine(
      isScannerAddress,
      'it must look like tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl',
    )
    .optional()
    .describe(
      'The ClamAV daemon that uploaded files are scanned by, tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl. Nothing is scanned when empty.',
    ),
  VIRUS_SCAN_REQUIRED: z
    .enum(['true', 'false'])
    .default('false')
    .describe('Whether Galley must not start without VIRUS_SCAN: true or false.'),
}

type MediaEnv = z.output<z.ZodObject<typeof mediaVariables>>

/** What the variables of media lack together. */
export function mediaProblems(env: MediaEnv & { NODE_ENV: string }): string[] {
  const problems: string[] = []
  if (Boolean(env.S3_ACCESS_KEY_ID) !== Boolean(env.S3_SECRET_ACCESS_KEY)) {
    problems.push('S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY must be set both, or neither.')
  }
  if (env.S3_ENDPOINT !== undefined && env.S3_BUCKET === undefined) {
    problems.push('S3_ENDPOINT is set, but S3_BUCKET is missing.')
  }
  const isOpen = env.S3_ENDPOINT?.startsWith('http:') && !isLoopback(new URL(env.S3_ENDPOINT))
  if (env.NODE_ENV === 'production' && isOpen) {
    problems.push('S3_ENDPOINT must start with https:// in production.')
  }
  if (env.VIRUS_SCAN_REQUIRED === 'true' && env.VIRUS_SCAN === undefined) {
    problems.push('VIRUS_SCAN is missing, and VIRUS_SCAN_REQUIRED is true.')
  }
  return problems
}

/** The bucket, or the folder. */
export function createStorage(env: MediaEnv): Storage {
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = env
  if (bucket === undefined) {
    return createDiskStorage({ folder: path.resolve(root, env.MEDIA_FOLDER) })
  }
  return createS3Storage({
    bucket,
    region: env.S3_REGION,
    endpoint: env.S3_ENDPOINT,
    pathStyle: env.S3_PATH_STYLE === 'yes',
    ...(S3_ACCESS_KEY_ID &&
      S3_SECRET_ACCESS_KEY && {
        credentials: { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY },
      }),
  })
}

export const createVirusScanner = ({ VIRUS_SCAN: address }: MediaEnv): VirusScanner =>
  address === undefined ? noVirusScanner : createClamdScanner({ address })

function isOrigin(value: string): boolean {
  return URL.canParse(value) && /^https?:\/\/[^/?#@\s]+\/?$/.test(value)
}

function isScannerAddress(value: string): boolean {
  if (value.startsWith('unix:')) return /^unix:\/[^?#\s]+$/.test(value)
  return URL.canParse(value) && /^tcp:\/\/[^/?#@\s]+$/.test(value)
}
