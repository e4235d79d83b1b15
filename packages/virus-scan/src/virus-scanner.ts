import type { Readable } from 'node:stream'

/** `unscanned`: nobody looks, because none is set; the operator has chosen to do without. */
export type Verdict =
  | { verdict: 'clean' }
  | { verdict: 'infected'; signature: string }
  | { verdict: 'unscanned' }

/** What looks for malware in a file; slow, and sometimes down: only jobs call it. */
export type VirusScanner = {
  /**
   * Reads `body` to its end or destroys it. Throws `ScannerUnavailable` when the scanner does not say: it is away, too slow,
   * or what it returned cannot be understood; `ScanBrokenOff` and `TooLargeToScan`. What throws was not scanned.
   */
  scan(body: Readable, options?: { signal?: AbortSignal }): Promise<Verdict>
}

export class ScannerUnavailable extends Error {
  override readonly name = 'ScannerUnavailable'
}

/** The scanner is there, and broke off on this file without a word: it may do so every time. */
export class ScanBrokenOff extends Error {
  override readonly name = 'ScanBrokenOff'
}

/** The file is over what the scanner takes, so that it never will say. */
export class TooLargeToScan extends Error {
  override readonly name = 'TooLargeToScan'
}

/** For where no scanner is set. */
export const noVirusScanner: VirusScanner = {
  async scan(body) {
    body.destroy()
    return { verdict: 'unscanned' }
  },
}
