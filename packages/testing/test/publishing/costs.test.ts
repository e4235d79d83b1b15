import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const rowsOf = (file: string) =>
  Array.from(
    readFileSync(`${root}/docs/${file}.md`, 'utf8').matchAll(/^\| (.+) \|$/gm),
    ([, row = '']) => row.split(' | '),
  )

/** Of the dearer of tRPC and REST; of pages there is one. */
function measured() {
  const costs = new Map<string, [number, number]>()
  for (const [name, transport = '', ...figures] of rowsOf('performance')) {
    const of = /^(?:tRPC|REST|page)(, cached)?$/.exec(transport)
    if (!of) continue
    const [, cached = ''] = of
    const [server = 0, postgres = 0] = figures.slice(6, 8).map(Number)
    const [most = 0, mostOfPostgres = 0] = costs.get(`${name}${cached}`) ?? []
    costs.set(`${name}${cached}`, [Math.max(server, most), Math.max(postgres, mostOfPostgres)])
  }
  return costs
}

test('docs/scaling.md computes with what docs/performance.md has measured', () => {
  const costs = measured()
  const table = rowsOf('scaling').filter(
    ([name = '', server = '']) => costs.has(name) && /^\d+$/.test(server),
  )
  expect(table.length).toBeGreaterThan(8)
  for (const [name = '', server, postgres] of table)
    expect([name, Number(server), Number(postgres)]).toEqual([name, ...(costs.get(name) ?? [])])
})
