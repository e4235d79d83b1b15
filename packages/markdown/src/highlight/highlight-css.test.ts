import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { tokenKinds } from './theme.ts'

const css = readFileSync(new URL('../highlight.css', import.meta.url), 'utf8')
const light = colours(/^:root \{([^}]*)\}/m)
const darkBySystem = colours(
  /@media screen and \(prefers-color-scheme: dark\) \{\s*:root:not\(\[data-theme='light'\]\) \{([^}]*)\}/,
)
const darkByChoice = colours(/@media screen \{\s*:root\[data-theme='dark'\] \{([^}]*)\}/)

describe('highlight.css', () => {
  test('has a rule for each kind of token and no other', () => {
    const styled = [...css.matchAll(/^\.tok-([a-z]+) \{\s*color: var\(--code-([a-z]+)\)/gm)]
    expect(styled.map(([, kind = '']) => kind).toSorted()).toEqual(tokenKinds.toSorted())
    for (const [, kind, colour] of styled) expect(colour).toBe(kind)
  })

  test('has a light and a dark colour for each, the same dark ones by system and by choice', () => {
    const names = ['background', 'text', ...tokenKinds].toSorted()
    expect([...light.keys()].toSorted()).toEqual(names)
    expect([...darkBySystem.keys()].toSorted()).toEqual(names)
    expect(darkByChoice).toEqual(darkBySystem)
  })

  test.each([
    ['light', light],
    ['dark', darkBySystem],
  ])('has a contrast of 4.5 to 1 in the %s theme (WCAG 2.2, 1.4.3)', (_, theme) => {
    const background = theme.get('background') ?? ''
    for (const [name, colour] of theme) {
      if (name === 'background') continue
      expect(contrast(colour, background), `${name} ${colour}`).toBeGreaterThanOrEqual(4.5)
    }
  })
})

function colours(rule: RegExp): Map<string, string> {
  const body = rule.exec(css)?.[1] ?? ''
  return new Map(
    [...body.matchAll(/--code-([a-z]+): (#[0-9a-f]{6});/g)].map(([, name = '', colour = '']) => [
      name,
      colour,
    ]),
  )
}

function contrast(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (lighter + 0.05) / (darker + 0.05)
}

/** Relative luminance as WCAG defines it, of `#rrggbb`. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(hex.slice(start, start + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
