import { expect, type Locator, type Page } from '@playwright/test'

type FileOf = { name: string; type: string; content: Buffer }

/** A real picture, of this size and of every colour: the browser paints it. */
export async function paint(
  page: Page,
  { name = 'hills.png', width = 1600, height = 1000 } = {},
): Promise<FileOf> {
  const canvas = await page.context().newPage()
  await canvas.setViewportSize({ width, height })
  await canvas.setContent(
    `<body style="margin:0;height:100vh;background:conic-gradient(from ${Math.random()}turn,red,gold,lime,aqua,blue,magenta,red)">`,
  )
  const content = await canvas.screenshot()
  await canvas.close()
  return { name, type: 'image/png', content }
}

/** Drops files onto a part of the page, or pastes them, as a person would. */
export async function give(target: Locator, how: 'drop' | 'paste', files: FileOf[]) {
  const page = target.page()
  const data = await page.evaluateHandle(
    (given) => {
      const transfer = new DataTransfer()
      for (const { name, type, base64 } of given) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
        transfer.items.add(new File([bytes], name, { type }))
      }
      return transfer
    },
    files.map(({ content, ...file }) => ({ ...file, base64: content.toString('base64') })),
  )
  if (how === 'drop') {
    await target.dispatchEvent('dragover', { dataTransfer: data })
    await target.dispatchEvent('drop', { dataTransfer: data })
  } else {
    await target.evaluate((node, clipboardData) => {
      const options = { clipboardData, bubbles: true, cancelable: true }
      node.dispatchEvent(new ClipboardEvent('paste', options))
    }, data)
  }
}

/** The width of the file that the browser has chosen for a picture, once it has loaded. */
export async function chosenWidth(image: Locator): Promise<number> {
  await image.scrollIntoViewIfNeeded()
  await expect
    .poll(() => image.evaluate((node) => (node as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(0)
  const source = await image.evaluate((node) => (node as HTMLImageElement).currentSrc)
  return Number(/\/(\d+)\.\w+$/.exec(source)?.[1])
}
