import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { temporaryFolder } from './files.ts'
import { canEnter } from './run-as.ts'

// Some systems close even the folder for temporary files to others.
const outsiders = canEnter(tmpdir(), { uid: 54_321, gid: 54_321 })

test.each([
  { mode: 0o700, mine: true, ofMyGroup: false, ofAnother: false },
  { mode: 0o750, mine: true, ofMyGroup: outsiders, ofAnother: false },
  { mode: 0o701, mine: true, ofMyGroup: false, ofAnother: outsiders },
])('who may pass a folder: %o', ({ mode, ...expected }) => {
  using folder = temporaryFolder()
  mkdirSync(folder.at('outer', 'inner'), { recursive: true })
  chmodSync(folder.at('outer'), mode)
  const { uid, gid } = statSync(folder.at('outer'))
  const pass = (account: { uid: number; gid: number }) =>
    canEnter(folder.at('outer', 'inner'), account)
  expect({
    mine: pass({ uid, gid }),
    ofMyGroup: pass({ uid: uid + 1, gid }),
    ofAnother: pass({ uid: uid + 1, gid: gid + 1 }),
  }).toEqual(expected)
})
