import { readFileSync } from 'node:fs'

// Ends `.ci/run`: the sum of what its runners appended to $TEST_COUNTS_FILE, after a line for each.
const file = process.env['TEST_COUNTS_FILE']
if (!file) throw new Error('TEST_COUNTS_FILE names no file')
let passed = 0
let failed = 0
for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
  const counts = JSON.parse(line)
  passed += counts.passed
  failed += counts.failed
  console.log(`${counts.runner}: ${counts.passed} passed, ${counts.failed} failed`)
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
