import { expect, test } from 'vitest'
import { renderDocument } from '../pipeline.ts'
import { compare } from './compare.ts'
import { compareHtml } from './compare-html.ts'
import { compareSource } from './compare-source.ts'
import { createBudget } from './diff-tokens.ts'

const marked = (before: string, after: string) =>
  compareSource(before, after, createBudget(1_000))
    .map(({ kind, text }) =>
      kind === 'same' ? text : kind === 'added' ? `{+${text}+}` : `[-${text}-]`,
    )
    .join('')

test.each([
  ['nothing', 'One two.', 'One two.', 'One two.'],
  ['a word', 'One two three.', 'One 2 three.', 'One [-two-]{+2+} three.'],
  [
    'words in a row',
    'It was a dark night.',
    'It was the light night.',
    'It was [-a dark-]{+the light+} night.',
  ],
  ['a line', 'One.\n\nTwo.\n', 'One.\n\nTwo.\n\nThree.\n', 'One.\n\nTwo.\n{+\nThree.\n+}'],
  [
    'everything',
    'One two three four.',
    'Quite another sentence here.',
    '[-One two three four.-]{+Quite another sentence here.+}',
  ],
  ['an accent', 'cafe au lait', 'café au lait', '[-cafe-]{+café+} au lait'],
  ['text without spaces', '今日は雨が降る', '今日は雪が降る', '今日は[-雨-]{+雪+}が降る'],
  [
    'an emoji of several code points',
    'Family: 👨‍👩‍👧 here',
    'Family: 👨‍👩‍👦 here',
    'Family: [-👨‍👩‍👧-]{+👨‍👩‍👦+} here',
  ],
  ['from nothing', '', 'One.', '{+One.+}'],
  ['to nothing', 'One.', '', '[-One.-]'],
])('the source: %s', (_, before, after, result) => {
  expect(marked(before, after)).toBe(result)
})

async function rendered(before: string, after: string) {
  const [one, other] = await Promise.all([render(before), render(after)])
  return compareHtml(one, other, createBudget(1_000))
}

const render = async (markdown: string) => (await renderDocument(markdown, 'article')).html

test.each([
  [
    'a word',
    'One *two* three.',
    'One *2* three.',
    '<p>One <em><del>two</del> <ins>2</ins></em> three.</p>',
  ],
  ['emphasis alone', 'One two three.', 'One *two* three.', '<p>One <em>two</em> three.</p>'],
  [
    'a character that is escaped',
    'One & two.',
    'One &lt; two.',
    '<p>One <del>&#x26;</del> <ins>&#x3C;</ins> two.</p>',
  ],
  [
    'a heading',
    '## One two three',
    '## One 2 three',
    '<div class="heading" dir="auto"><h2 id="user-content-one-2-three">One <del>two</del> <ins>2</ins> three</h2></div>',
  ],
  ['a paragraph more', 'One.', 'One.\n\nTwo.', '<p>One.</p>\n<p><ins>Two.</ins></p>'],
  ['a paragraph less', 'One.\n\nTwo.', 'One.', '<p>One.</p>\n<p><del>Two.</del></p>'],
  [
    'an item less',
    '- One a b\n- Two c d\n- Three e f',
    '- One a b\n- Three e f',
    '<ul>\n<li>One a b</li>\n<li><del>Two c d</del> Three e f</li>\n</ul>',
  ],
])('as readers see it: %s', async (_, before, after, result) => {
  expect(await rendered(before, after)).toBe(result)
})

test('what is gone has no ids and puts no text where none may stand', async () => {
  const table = '| A | B |\n| - | - |\n| one | two |\n| three | four |'
  const html = await rendered(
    `# Old heading\n\n${table}`,
    `# Something else entirely\n\n${table.slice(0, -18)}`,
  )
  expect(html).not.toMatch(/<\/?(?:table|thead|tbody|tr)>\s*<del>/)
  expect(html.match(/ id="/g)).toHaveLength(1)
  expect(html).toContain('<del>Old heading</del>')
})

const SIZE = 100_000
const random = (seed: number, words: string[]) => {
  let state = seed
  let text = ''
  while (text.length < SIZE) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    text += `${words[(state >>> 16) % words.length]} `
  }
  return text.slice(0, SIZE)
}

test.each<[string, string, string]>([
  ['no word in common', 'a '.repeat(SIZE / 2), 'b '.repeat(SIZE / 2)],
  ['few words in any order', random(1, ['a', 'b', 'c']), random(2, ['a', 'b', 'c'])],
  [
    'many words in any order',
    random(1, 'abcdefghijklmnopqrstuvwxyz'.split('')),
    random(2, 'abcdefghijklmnopqrstuvwxyz'.split('')),
  ],
  ['lines of one letter', random(3, ['a\n', 'b\n', 'c\n']), random(4, ['a\n', 'b\n', 'c\n'])],
  [
    'the same backwards',
    random(5, ['a', 'b', 'c', 'd']),
    random(5, ['a', 'b', 'c', 'd']).split('').toReversed().join(''),
  ],
  ['every other word', 'a b '.repeat(SIZE / 4), 'a c '.repeat(SIZE / 4)],
  ['one word without end', 'a'.repeat(SIZE), 'b'.repeat(SIZE)],
])('100,000 characters are compared in bounded time: %s', (_, before, after) => {
  const html = (text: string) => `<p>${text}</p>`
  const started = performance.now()
  const { source, isRough } = compare(
    { markdown: before, html: html(before) },
    { markdown: after, html: html(after) },
  )
  // Twice the budget, and cutting into words twice, on a machine that has other work.
  expect(performance.now() - started).toBeLessThan(4_000)
  const side = (kind: 'added' | 'removed') =>
    source
      .flatMap((part) => (part.kind === 'same' || part.kind === kind ? [part.text] : []))
      .join('')
  expect(side('removed')).toBe(before)
  expect(side('added')).toBe(after)
  expect(source.length).toBeLessThanOrEqual(4_000)
  expect(typeof isRough).toBe('boolean')
})
