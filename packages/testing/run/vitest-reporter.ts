import path from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'
import { createFailure, type Failure, writeReport } from './report.ts'

type SerializedError = Parameters<NonNullable<Reporter['onTestRunEnd']>>[1][number]

/** Writes what a run of Vitest found to `file`. Errors outside of tests count, which Vitest's own JSON report leaves out. */
export function vitestReporter(file: string): Reporter {
  return {
    onTestRunEnd(modules, unhandledErrors, reason) {
      const tests = modules.flatMap((module) => [...module.children.allTests()])
      const failures = [
        ...modules.flatMap(failuresOf),
        ...unhandledErrors.map((error) =>
          createFailure(`an unhandled error: ${error.name}`, error),
        ),
      ]
      if (reason === 'interrupted') failures.push(createFailure('Vitest was interrupted'))
      writeReport(file, {
        passed: tests.filter((test) => test.result().state === 'passed').length,
        failures,
      })
    },
  }
}

function failuresOf(module: TestModule): Failure[] {
  const name = path.relative(process.cwd(), module.moduleId)
  const broken = [module, ...module.children.allSuites()].flatMap((suite) =>
    describe(suite.type === 'suite' ? `${name} > ${suite.fullName}` : name, suite.errors()),
  )
  const failed = [...module.children.allTests('failed')].flatMap((test) =>
    // A test that fails several expectations, or in its hooks too, is one.
    describe(`${name} > ${test.fullName}`, test.result().errors ?? []).slice(0, 1),
  )
  return [...broken, ...failed]
}

const describe = (title: string, errors: readonly SerializedError[]) =>
  errors.map((error) => createFailure(title, error))
