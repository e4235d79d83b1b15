import { randomBytes } from 'node:crypto'
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3'
import { testS3Url } from '@galley/testing/env'
import type { S3Options } from '../src/s3.ts'

export const noRealS3 = testS3Url === undefined ? ' (skipped: TEST_S3_URL is not set)' : ''

/** An empty bucket of the server that TEST_S3_URL names. */
export async function createBucket() {
  const { origin, username, password, searchParams } = new URL(testS3Url ?? '')
  const bucket = `galley-test-${randomBytes(8).toString('hex')}`
  const options: S3Options = {
    bucket,
    region: searchParams.get('region') ?? 'us-east-1',
    endpoint: origin,
    pathStyle: true,
    credentials: {
      accessKeyId: decodeURIComponent(username),
      secretAccessKey: decodeURIComponent(password),
    },
  }
  const { region, endpoint, credentials } = options
  const client = new S3Client({
    region,
    endpoint,
    credentials,
    forcePathStyle: true,
    // As the driver: checksums in trailers are beyond most servers that are not AWS.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  await client.send(new CreateBucketCommand({ Bucket: bucket }))

  async function keys() {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket }))
    return Contents.map(({ Key = '' }) => Key)
  }

  return {
    options,
    /** Objects, and uploads in parts that are neither done nor aborted. */
    async listAll() {
      const { Uploads = [] } = await client.send(
        new ListMultipartUploadsCommand({ Bucket: bucket }),
      )
      return [...(await keys()), ...Uploads.map(({ UploadId = '' }) => UploadId)]
    },
    async remove() {
      for (const Key of await keys())
        await client.send(new DeleteObjectCommand({ Bucket: bucket, Key }))
      await client.send(new DeleteBucketCommand({ Bucket: bucket }))
    },
    close: () => client.destroy(),
  }
}
