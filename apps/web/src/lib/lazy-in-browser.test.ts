import { createElement, Suspense } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { lazyInBrowser, partsAtHand } from './lazy-in-browser.ts'

test('the server has a part before it renders, and what that part brings along', async () => {
  const loadPart = async () => {
    const Inner = lazyInBrowser(
      async () =>
        ({ name }: { name: string }) =>
          `Hello, ${name}.`,
    )
    return (props: { name: string }) => createElement('p', {}, createElement(Inner, props))
  }
  const Part = lazyInBrowser(loadPart)
  await partsAtHand()
  const page = createElement(Suspense, {}, createElement(Part, { name: 'Ada' }))
  expect(renderToString(page)).toBe('<!--$--><p>Hello, Ada.</p><!--/$-->')
})

test('a part that cannot be loaded fails the page', async () => {
  lazyInBrowser(async () => {
    throw new Error('It is gone.')
  })
  await expect(partsAtHand()).rejects.toThrow('It is gone.')
})
