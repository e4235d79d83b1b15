import { startS3Server } from '@galley/testing/s3-server'
import { afterAll, beforeAll } from 'vitest'

/** An S3 server for a test file, and the variables that have an app keep its files there; these are complete before apps start. */
export function useS3() {
  const variables: Record<string, string> = { S3_PATH_STYLE: 'yes' }
  let server: Awaited<ReturnType<typeof startS3Server>> | undefined
  beforeAll(async () => {
    server = await startS3Server()
    const { bucket, endpoint, credentials } = server.options
    Object.assign(variables, {
      S3_BUCKET: bucket,
      S3_ENDPOINT: endpoint,
      S3_ACCESS_KEY_ID: credentials.accessKeyId,
      S3_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    })
  })
  afterAll(() => server?.close())
  return {
    variables,
    get server() {
      if (!server) throw new Error('There is a server only while tests run.')
      return server
    },
  }
}
