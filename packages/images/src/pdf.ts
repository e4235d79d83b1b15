import { createReadStream } from 'node:fs'
import { FileRefused } from './images.ts'

/** Names of actions that run something (ISO 32000-1, 12.6.4), a letter of which may be written as `#4A`. */
const active = new RegExp(['JavaScript', 'Launch', 'RichMedia'].map(patternOf).join('|'), 'i')

/** The longest such name with all letters escaped: two chunks overlap by it. */
const OVERLAP = 32

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
    if (active.test(text)) {
      throw new FileRefused('active', 'This PDF runs scripts or programs. Print it to a new PDF.')
    }
    before = text.slice(-OVERLAP)
  }
}

function patternOf(name: string): string {
  const letters = Array.from(name, (letter) => {
    const codes = [letter.toLowerCase(), letter.toUpperCase()].map((one) => one.charCodeAt(0))
    return `(?:${letter}|#${codes.map((code) => code.toString(16)).join('|#')})`
  })
  return `/${letters.join('')}(?![a-z0-9#])`
}
