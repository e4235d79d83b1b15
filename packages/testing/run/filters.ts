import { globSync } from 'node:fs'
import path from 'node:path'

/**
 * The filters, words before the first option, that are in the path of no test file below `root`. Vitest says nothing of one that matches
 * nothing where another does, so that what it once named would not be tested any more.
 */
export function unmatchedFilters(words: string[], root = process.cwd()): string[] {
  const options = words.findIndex((word) => word.startsWith('-'))
  const filters = options === -1 ? words : words.slice(0, options)
  const files = globSync('{apps,packages}/*/{src,test}/**/*.test.{ts,tsx}', { cwd: root })
  // As Vitest matches them: the whole path, whatever the case.
  const paths = files.map((file) => path.join(root, file).toLowerCase())
  return filters.filter((word) => !paths.some((file) => file.includes(word.toLowerCase())))
}
