import { beforeAll } from 'vitest'
import type { TestApp } from '../app.ts'

/** Lets the app of a test file give out addresses for uploads, as with a storage that clients may send files to. */
export function useDirectUploads(on: Pick<TestApp, 'deps'>) {
  beforeAll(() => {
    // The same for every file: its key would differ from call to call.
    const url = `https://s3.test/upload?X-Amz-Signature=${'c5'.repeat(32)}`
    const upload = { url, method: 'PUT' as const, headers: {} }
    on.deps.domain.storage.presignPut = async () => upload
  })
}
