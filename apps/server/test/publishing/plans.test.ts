// What `pnpm bench:plans` looks at; it does so on a large database, which takes minutes.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { hourlyJobs } from '../../bench/publishing/plans/jobs.ts'
import { useApp } from '../app.ts'

const on = useApp()
const packages = new URL('../../../../packages/', import.meta.url)

/** The names of jobs by their definitions, of those with an hour of `*`. */
function definedHourly(): string[] {
  const files = ['platform', 'publishing'].flatMap((name) => {
    const folder = new URL(`${name}/src/`, packages)
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => readFileSync(new URL(file, folder), 'utf8'))
  })
  const definitions = files
    .join('\n')
    .matchAll(/name: '([\w.-]+)',(?:(?!name: ')[\s\S])*?cron: '\S+ (\S+) /g)
  return Array.from(definitions, ([, name, hour]) => (hour === '*' ? [`job: ${name}`] : [])).flat()
}

test('looks at every job that runs every hour or oftener', async () => {
  const jobs = await hourlyJobs(on.deps, on.deps.domain.db)
  expect(Object.keys(jobs)).toEqual(
    expect.arrayContaining(['job: media.resume', 'job: presence.sweep']),
  )
  expect(Object.keys(jobs).toSorted()).toEqual(definedHourly().toSorted())
  for (const [name, run] of Object.entries(jobs)) await expect(run(), name).resolves.not.toThrow()
})
