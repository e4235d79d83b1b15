import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Reporter, Suite, TestCase } from '@playwright/test/reporter'
import { createFailure, type Failure, writeReport } from './report.ts'

/**
 * Writes what a run of Playwright found to `file`. A test that passed only when it was repeated is a failure, and so is what the
 * servers of the run have written to `leaks` when they ended: lines of their output that hold secrets.
 */
export default class PlaywrightReporter implements Reporter {
  #file: string
  #leaks: string
  #tests: TestCase[] = []
  #errors: Failure[] = []

  constructor({ file, leaks }: { file: string; leaks: string }) {
    this.#file = file
    this.#leaks = leaks
    rmSync(leaks, { force: true })
  }

  onBegin(_config: unknown, suite: Suite) {
    this.#tests = suite.allTests()
  }

  onError(error: { message?: string; stack?: string }) {
    this.#errors.push(createFailure('an error outside of the tests', error))
  }

  /** The servers have ended by now. */
  async onEnd(): Promise<{ status: 'failed' } | undefined> {
    const leaked = this.#readLeaks()
    if (leaked !== '') {
      console.error(leaked)
      this.#errors.push(createFailure('what the servers wrote', { message: leaked }))
    }
    const failed = this.#tests.filter((test) => ['unexpected', 'flaky'].includes(test.outcome()))
    writeReport(this.#file, {
      passed: this.#tests.filter((test) => test.outcome() === 'expected').length,
      failures: [...failed.map(describe), ...this.#errors],
    })
    return leaked === '' ? undefined : { status: 'failed' }
  }

  #readLeaks(): string {
    try {
      return readFileSync(this.#leaks, 'utf8')
    } catch {
      return 'Nobody has searched the output of the servers for secrets.'
    }
  }

  printsToStdio() {
    return false
  }
}

function describe(test: TestCase): Failure {
  const file = path.relative(process.cwd(), test.location.file)
  const titles = [file, ...test.titlePath().slice(3)].join(' > ')
  const error = test.results.flatMap((result) => result.errors)[0]
  return createFailure(
    test.outcome() === 'flaky' ? `${titles} (passed when repeated)` : titles,
    error,
  )
}
