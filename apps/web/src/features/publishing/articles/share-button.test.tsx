import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { article } from '../../../../test/publishing/examples.ts'
import { show } from '../../../../test/render.tsx'
import { ShareButton } from './share-button.tsx'

const url = `http://localhost:3000/articles/${article.slug}`

async function press(share?: (data: ShareData) => Promise<void>) {
  const { user } = await show(<ShareButton article={article} />)
  const writeText = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve())
  vi.stubGlobal('navigator', { ...(share && { share }), clipboard: { writeText } })
  await user.click(screen.getByRole('button', { name: 'Share' }))
  return writeText
}

test('the device shares the address without the place in the text', async () => {
  window.location.hash = '#a'
  const share = vi.fn<(data: ShareData) => Promise<void>>(() => Promise.resolve())
  const writeText = await press(share)
  expect(share).toHaveBeenCalledExactlyOnceWith({ title: article.title, url })
  expect(writeText).not.toHaveBeenCalled()
})

test('closing the dialog of the device copies nothing', async () => {
  const writeText = await press(() => Promise.reject(new DOMException('', 'AbortError')))
  expect(writeText).not.toHaveBeenCalled()
})

test.each([undefined, () => Promise.reject(new DOMException('', 'NotAllowedError'))])(
  'where the device does not share the link is copied, and that is said',
  async (share) => {
    const writeText = await press(share)
    expect(await screen.findByText('The link is copied.')).toBeVisible()
    expect(writeText).toHaveBeenCalledExactlyOnceWith(url)
  },
)

test('a link that cannot be copied is shown', async () => {
  const { user } = await show(<ShareButton article={article} />)
  vi.stubGlobal('navigator', {})
  await user.click(screen.getByRole('button', { name: 'Share' }))
  expect(await screen.findByText(url)).toBeVisible()
})
