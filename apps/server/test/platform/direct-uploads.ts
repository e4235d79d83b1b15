import { randomUUID } from 'node:crypto'
import { beforeAll } from 'vitest'
import type { TestApp } from '../app.ts'

/** Lets the app of a test file give out addresses for uploads, as with a storage that clients may send files to. */
export function useDirectUploads(on: Pick<TestApp, 'deps'>) {
  beforeAll(() => {
    on.deps.domain.storage.presignPut = async () => {
      // In the form of an id, which tests that compare outcomes take for the same.
      const url = `https://s3.test/upload?X-Amz-Signature=${randomUUID()}`
      return { url, method: 'PUT' as const, headers: {} }
    }
  })
}
