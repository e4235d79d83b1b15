import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gifOf, packedChunk, pngOf } from '@galley/images/test/bombs'
import { pdfOf } from '@galley/platform/test/pictures'
import sharp from 'sharp'
import { memoryOf } from '../../bench/usage.ts'
import { formOf } from '../../test/platform/media/form.ts'
import { signIn, watch } from '../../trials/calls.ts'
import { atMost, equal, type Finding, type Galley, type Trial } from '../../trials/trial.ts'

type Bomb = { name: string; type: string; content: Buffer; refused: string }

/** Files that unpack to far more than they are, or are something else than they say, by many at once. */
export const trial: Trial = {
  title: 'Files that would take all memory, or are not what they say',
  async run({ startGalley, short, ending }) {
    const folder = await mkdtemp(path.join(tmpdir(), 'galley-bombs-'))
    ending.defer(() => rm(folder, { recursive: true, force: true }))
    const galley = await startGalley({ MEDIA_FOLDER: folder, WORKER: 'inline' })
    const sender = await createSender(galley)
    const bombs = await makeBombs()
    // The server has a process for pictures from now on: what it takes by itself is not the attacker's doing.
    await untilShown(sender, (await sender.send({})).view.id)
    const before = memoryOf(galley.pid).now
    let most = before
    const sampling = setInterval(() => {
      const { now } = memoryOf(galley.pid)
      // Not a number where one of them has just ended.
      if (now > most) most = now
    }, 20)
    ending.defer(() => clearInterval(sampling))
    const watching = watch(galley)
    const findings: Finding[] = []
    for (const { refused, ...bomb } of bombs) {
      const { status, view } = await sender.send(bomb)
      const isExplained = typeof view.detail === 'string' && view.detail.length > 10
      findings.push(
        equal(
          bomb.name,
          `${status} ${view.reason}${isExplained ? '' : ' without a word'}`,
          refused,
        ),
      )
    }
    const rounds = short ? 1 : 5
    const many = Array.from({ length: rounds }, () => bombs).flat()
    const all = await Promise.all(many.map((bomb) => sender.send(bomb)))
    const others = all.filter(({ status }) => status < 400 || status >= 500)
    const hidden = await sender.send({ name: 'page.png', content: pictureWithPage() })
    const shown = await untilShown(sender, hidden.view.id)
    const { slowestMs, failed } = await watching.stop()
    clearInterval(sampling)
    return [
      ...findings,
      equal(`${many.length} at once: not refused`, others.length, 0),
      equal('a page in a picture: in what is shown', shown.includes('<script'), false),
      atMost('memory taken by the server and its processes', most - before, 200, ' MB'),
      equal('failed liveness', failed, 0),
      atMost('slowest liveness', slowestMs, 3_000, ' ms'),
    ]
  },
}

async function makeBombs(): Promise<Bomb[]> {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const
  const photo = sharp({
    create: { width: 3000, height: 2000, channels: 3, background: '#345678', noise },
  })
  const jpeg = await photo.jpeg().toBuffer()
  const png = (content: Buffer, name: string, refused: string) =>
    ({ name, type: 'image/png', content, refused }) satisfies Bomb
  const page = '<html><script>alert(1)</script></html>'
  return [
    png(
      pngOf({ width: 50_000, height: 50_000, bits: 1 }),
      '50,000 x 50,000.png',
      '400 media/too-many-pixels',
    ),
    png(
      pngOf({ width: 9, height: 9 }, packedChunk('zTXt', 300_000_000), longText()),
      'packed text.png',
      '400 media/processing-failed',
    ),
    png(half(pngOf({ width: 900, height: 900 })), 'cut off.png', '400 media/unreadable'),
    png(
      Buffer.from(`\x89PNG\r\n\x1a\n${page}`, 'latin1'),
      'page.png',
      '415 media/unsupported-type',
    ),
    png(Buffer.from(page), 'only a page.png', '415 media/unsupported-type'),
    {
      name: '10,000 frames.gif',
      type: 'image/gif',
      content: gifOf(10_000),
      refused: '400 media/too-many-frames',
    },
    {
      name: 'cut off.jpg',
      type: 'image/jpeg',
      content: half(jpeg),
      refused: '400 media/unreadable',
    },
    {
      name: 'script.pdf',
      type: 'application/pdf',
      content: pdfOf('/OpenAction<</S/JavaScript/JS(app.alert(1))>>'),
      refused: '400 media/active-content',
    },
    {
      name: 'drawing.svg',
      type: 'image/svg+xml',
      content: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
      refused: '415 media/svg-refused',
    },
    png(
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'svg.png',
      '415 media/svg-refused',
    ),
  ]
}

const half = (content: Buffer) => content.subarray(0, content.length / 2)

const longText = () => ({ type: 'tEXt', data: Buffer.alloc(5_000_000, 'a') })

/** A picture that can be shown, with a page in it and another behind it. */
function pictureWithPage() {
  const page = '<html><script>alert(1)</script></html>'
  const inside = { type: 'tEXt', data: Buffer.from(`Comment\0${page}`) }
  return Buffer.concat([pngOf({ width: 300, height: 200 }, inside), Buffer.from(page)])
}

/** Of a file that is taken, or of a problem (RFC 9457). */
type View = { id: string; reason?: string; detail?: string }

type Sender = Awaited<ReturnType<typeof createSender>>

async function createSender(galley: Galley) {
  const { cookie } = await signIn(galley, 'jonas-lind')
  const headers = { cookie, origin: galley.publicOrigin }
  return {
    async send(file: Partial<Bomb>): Promise<{ status: number; view: View }> {
      const response = await fetch(`${galley.origin}/api/v1/media`, {
        method: 'POST',
        headers,
        body: formOf(file),
        signal: AbortSignal.timeout(60_000),
      })
      const view: View = JSON.parse(await response.text())
      return { status: response.status, view }
    },
    /** What is served under the address of a file. */
    open: (id: string) => fetch(`${galley.origin}/media/${id}`, { headers }),
  }
}

/** The bytes of a file once its copies are made. */
async function untilShown({ open }: Sender, id: string): Promise<string> {
  for (const deadline = performance.now() + 30_000; performance.now() < deadline;) {
    const response = await open(id)
    const bytes = Buffer.from(await response.arrayBuffer())
    if (response.ok) return bytes.toString('latin1')
    await sleep(100)
  }
  throw new Error(`${id} is not shown`)
}
