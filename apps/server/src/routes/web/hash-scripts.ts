import { createHash } from 'node:crypto'

/**
 * A page whose scripts carry the nonce, without it, and the hashes that let the same scripts through by a
 * Content-Security-Policy (CSP 3, 2.3.1): such a page may be sent more than once, a nonce may not. Nobody but who made the
 * page knew the nonce, so that nothing else in it gets a hash.
 */
export function hashScripts(page: string, nonce: string): { html: string; hashes: string[] } {
  const [first = '', ...others] = page
    .replace(`<meta property="csp-nonce" content="${nonce}"/>`, '')
    .split(` nonce="${nonce}"`)
  const hashes = new Set<string>()
  let before = first
  for (const after of others) {
    const isScript = before.slice(before.lastIndexOf('<')).startsWith('<script')
    const text = after.slice(after.indexOf('>') + 1).split('</script>', 1)[0] ?? ''
    if (isScript && text !== '') hashes.add(hashOf(text))
    before = after
  }
  return { html: first + others.join(''), hashes: [...hashes] }
}

const hashOf = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`
