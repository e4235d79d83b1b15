import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { hashScripts } from './hash-scripts.ts'

const nonce = 'Zm9vYmFyZm9vYmFyZm9vYg'
const hashOf = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`

test('scripts with the nonce are let through by their hash, and the nonce is gone', () => {
  const page = [
    `<head><meta property="csp-nonce" content="${nonce}"/><link rel="modulepreload" nonce="${nonce}" href="/a.js"/>`,
    `<script nonce="${nonce}">const one = "<b>" > 1</script>`,
    `<script type="module" async="" src="/a.js" nonce="${nonce}"></script></head>`,
    `<script class="x" nonce="${nonce}" data-part="">two()</script>`,
    `<script nonce="${nonce}">two()</script>`,
  ].join('')
  expect(hashScripts(page, nonce)).toEqual({
    html: page.replace(/<meta[^>]*>/, '').replaceAll(` nonce="${nonce}"`, ''),
    hashes: [hashOf('const one = "<b>" > 1'), hashOf('two()')],
  })
})

test('what a page says of itself is no script of ours', () => {
  const page = [
    '<script>evil()</script>',
    '<script nonce="guessed">evil()</script>',
    `<script nonce='${nonce}'>evil()</script>`,
    `<style nonce="${nonce}">p { color: red }</style>`,
    `<p nonce="${nonce}">evil()</p>`,
  ].join('')
  expect(hashScripts(page, nonce).hashes).toEqual([])
})
