import { createReadStream } from 'node:fs'
import { FileRefused } from './images.ts'

/** Names of actions that run something (ISO 32000-1, 12.6.4). */
const active = /\/(?:JavaScript|Launch|RichMedia)(?![a-z0-9])/i

/** The longest such name with all letters escaped, and what follows it: two chunks overlap by it. */
const OVERLAP = 40

/**
 * Throws FileRefused where the file says that it runs something. What is compressed is not looked into, so that a PDF is
 * never shown in a page's origin either.
 */
export async function refuseActivePdf(file: string): Promise<void> {
  let before = ''
  for await (const chunk of createReadStream(file, {
    encoding: 'latin1',
    highWaterMark: 1 << 20,
  })) {
    const text = before + String(chunk)
    if (active.test(unescapeNames(text))) {
      throw new FileRefused('active', 'This PDF runs scripts or programs. Print it to a new PDF.')
    }
    before = text.slice(-OVERLAP)
  }
}

/** A letter of a name may be written as `#4A`. */
const unescapeNames = (text: string) =>
  text.replaceAll(/#([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
