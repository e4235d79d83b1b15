import path from 'node:path'
import type { Reporter, Suite, TestCase } from '@playwright/test/reporter'
import { createFailure, type Failure, writeReport } from './report.ts'

/** Writes what a run of Playwright found to `file`. A test that passed only when it was repeated is a failure. */
export default class PlaywrightReporter implements Reporter {
  #file: string
  #tests: TestCase[] = []
  #errors: Failure[] = []

  constructor({ file }: { file: string }) {
    this.#file = file
  }

  onBegin(_config: unknown, suite: Suite) {
    this.#tests = suite.allTests()
  }

  onError(error: { message?: string; stack?: string }) {
    this.#errors.push(createFailure('an error outside of the tests', error))
  }

  onEnd() {
    const failed = this.#tests.filter((test) => ['unexpected', 'flaky'].includes(test.outcome()))
    writeReport(this.#file, {
      passed: this.#tests.filter((test) => test.outcome() === 'expected').length,
      failures: [...failed.map(describe), ...this.#errors],
    })
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
