import { existsSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { temporaryFolder, clusterFiles } from './files.ts'
import { prepareDataFolder } from './data-folder.ts'

test('nothing half made stays behind when initdb fails', async () => {
  using folder = temporaryFolder()
  const binaries = { initdb: '/bin/false', postgres: '/bin/false', major: '18' }
  const files = clusterFiles(folder.at('pg'))

  await expect(prepareDataFolder(files, { binaries, durable: false })).rejects.toThrow(
    /could not be made in .*exit code 1/,
  )
  expect(existsSync(files.data)).toBe(false)
  expect(readdirSync(folder.at())).toEqual(['pg.password'])
})

test('a program that cannot be run is named', async () => {
  using folder = temporaryFolder()
  const binaries = { initdb: folder.at('initdb'), postgres: '', major: '18' }
  await expect(
    prepareDataFolder(clusterFiles(folder.at('pg')), { binaries, durable: false }),
  ).rejects.toThrow(/could not be made in .*ENOENT/)
})
