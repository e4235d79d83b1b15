const MAX_LENGTH = 200

/**
 * The key, which is a path of segments of `a-z`, `0-9`, `-`, `_` and dots that do not begin one: `media/0f3a/640.webp`. Throws
 * TypeError for any other, so that no key leaves the folder, hides in it, or is another one's on a disk without upper case.
 */
export function checkedKey(key: string): string {
  if (key.length > MAX_LENGTH) throw new TypeError(`A key has at most ${MAX_LENGTH} characters`)
  if (!/^[a-z0-9_-][a-z0-9._-]*(?:\/[a-z0-9_-][a-z0-9._-]*)*$/.test(key)) {
    throw new TypeError(`Not a key: ${JSON.stringify(key)}`)
  }
  return key
}
