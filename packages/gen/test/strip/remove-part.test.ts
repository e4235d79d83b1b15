import { expect, test } from 'vitest'
import type { Workspace } from '../../src/strip/imports.ts'
import { removePart } from '../../src/strip/remove-part.ts'

const workspaces: Workspace[] = [
  { folder: 'apps/app', name: '@x/app', exports: {} },
  { folder: 'packages/shop', name: '@x/shop', exports: { './*': './src/*.ts' } },
  { folder: 'packages/tax', name: '@x/tax', exports: { './*': './src/*.ts' } },
]
const remove = (files: Record<string, string>) =>
  removePart('shop', new Map(Object.entries(files)), workspaces)

test('folders of the name go, and what only they imported, other packages included', () => {
  const { gone, goneWorkspaces } = remove({
    'packages/shop/src/cart.ts': "import { tax } from '@x/tax/rate'\n",
    'packages/tax/src/rate.ts': 'export const tax = 1\n',
    'apps/app/src/shop/page.ts': "import { price } from '../price.ts'\n",
    'apps/app/src/price.ts': 'export const price = 1\n',
    'apps/app/src/main.ts': 'start()\n',
  })
  expect(gone).not.toContain('apps/app/src/main.ts')
  expect([...gone].toSorted()).toEqual([
    'apps/app/src/price.ts',
    'apps/app/src/shop/page.ts',
    'packages/shop/src/cart.ts',
    'packages/tax/src/rate.ts',
  ])
  expect(goneWorkspaces.map(({ name }) => name)).toEqual(['@x/tax'])
})

test.each([
  ['a line of a list', 'const all = [\n  users,\n  cart,\n]\n', 'const all = [\n  users,\n]\n'],
  ['one item of a line', 'const all = [users, cart]\n', 'const all = [users]\n'],
  ['the first item', 'const all = { ...cart, ...users }\n', 'const all = { ...users }\n'],
  ['the only item', 'const all = [cart]\n', 'const all = []\n'],
  ['a part of a type', 'type All = Users & cart\n', 'type All = Users\n'],
  ['a value by its key', 'const all = {\n  basket: cart,\n}\n', 'const all = {\n}\n'],
])('a registry loses %s', (_, list, expected) => {
  const { edited } = remove({
    'packages/shop/src/cart.ts': 'export const cart = 1\n',
    'apps/app/src/root.ts': `import { cart } from '@x/shop/cart'\n${list}`,
  })
  expect(edited.get('apps/app/src/root.ts')).toBe(expected)
})

test('a marked line goes with what it alone imported', () => {
  const { edited } = remove({
    'packages/shop/src/cart.ts': '',
    'apps/app/src/deps.ts': "import { a, b } from 'm'\nuse(a)\nuse(b) // shop\n",
  })
  expect(edited.get('apps/app/src/deps.ts')).toBe("import { a } from 'm'\nuse(a)\n")
})

test('any other use is an error that names the file, the name and the line', () => {
  expect(() =>
    remove({
      'packages/shop/src/cart.ts': 'export const cart = 1\n',
      'apps/app/src/main.ts': "import { cart } from '@x/shop/cart'\nstart(cart.open)\n",
    }),
  ).toThrow('apps/app/src/main.ts: "cart" belongs to what is removed')
})

test('what a registry exported is missed by those who import it there', () => {
  const files = {
    'packages/shop/src/cart.ts': 'export const cart = 1\n',
    'apps/app/src/index.ts': "export { cart } from '@x/shop/cart'\n",
  }
  expect(() =>
    remove({ ...files, 'apps/app/src/main.ts': "import { cart } from './index.ts'\nopen(cart)\n" }),
  ).toThrow('apps/app/src/main.ts')
})

test('tests go with what they import, and with the procedures that they call', () => {
  const { gone } = remove({
    'packages/shop/src/cart.ts': 'export const cart = 1\n',
    'packages/api/src/routers/shop/carts.ts': '',
    'apps/app/test/a.test.ts': "import { cart } from '@x/shop/cart'\nexpect(cart)\n",
    'apps/app/test/b.test.ts': "call('carts.list')\n",
    'apps/app/test/c.test.ts': "call('users.list')\n",
  })
  expect([...gone].filter((path) => path.includes('test'))).toEqual([
    'apps/app/test/b.test.ts',
    'apps/app/test/a.test.ts',
  ])
})
