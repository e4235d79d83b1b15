import { Readable } from 'node:stream'
import type { AppDeps } from '@galley/api/ctx'
import type { MediaFields, MediaView } from '@galley/contract/platform/media'
import { users } from '@galley/db/schema'
import { type AuthedCtx, systemCtx, transact } from '@galley/platform/ctx'
import { receiveMedia } from '@galley/platform/media/receive'
import { acceptMedia } from '@galley/platform/media/upload'
import { setMediaUses } from '@galley/platform/media/uses'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { usePicturesInArticles } from '../publishing/pictures-in-articles.ts' // publishing
import { people } from '../people.ts'
import { drawHills, type Drawing, palettes } from './draw.ts'
import { drawPortrait } from './portrait.ts'

type SeedPicture = Required<Pick<MediaFields, 'alt' | 'caption'>> & {
  owner: string
  fileName: string
  drawing: () => Drawing
}

const wide = { width: 1440, height: 960 }

const pictures: SeedPicture[] = [
  {
    owner: 'lena-brandt',
    fileName: 'first-light.jpg',
    alt: 'Five ridges of hills under a low sun, the nearest almost black.',
    caption: 'First light, before the wind.',
    drawing: () => drawHills(wide, palettes.morning, 11),
  },
  {
    owner: 'lena-brandt',
    fileName: 'towards-the-coast.jpg',
    alt: 'A violet and orange evening sky above dark hills.',
    caption: '',
    drawing: () => drawHills(wide, palettes.evening, 5),
  },
  {
    owner: 'ines-moreau',
    fileName: 'garden-at-noon.jpg',
    alt: 'Green hills at noon under a pale sky.',
    caption: '',
    drawing: () => drawHills({ width: 960, height: 1280 }, palettes.noon, 23),
  },
  {
    owner: 'lena-brandt',
    fileName: 'after-the-front.jpg',
    alt: 'Blue ridges one behind the other under a clearing sky.',
    caption: '',
    drawing: () => drawHills(wide, palettes.morning, 31),
  },
  {
    owner: 'ines-moreau',
    fileName: 'hedges-in-june.jpg',
    alt: 'Green slopes, lighter towards the sky.',
    caption: '',
    drawing: () => drawHills(wide, palettes.noon, 7),
  },
  {
    owner: 'mira-okafor',
    fileName: 'moonrise.jpg',
    alt: 'A white moon over hills at night.',
    caption: '',
    drawing: () => drawHills(wide, palettes.night, 42),
  },
]

/** What the pictures of the libraries are used for, by the names of their files. */
export type UsePictures = (
  as: (username: string) => Promise<AuthedCtx>,
  deps: AppDeps,
  mediaByName: ReadonlyMap<string, MediaView>,
) => Promise<void>

const parts: UsePictures[] = [
  // One line for each.
  usePicturesInArticles, // publishing
]

/** Uploads pictures into the libraries of the seeded people; the jobs of the server make them ready. */
export async function seedPictures(deps: AppDeps): Promise<void> {
  const as = (username: string) => ctxOf(deps, username)
  // First, since they are small and stand on every page.
  for (const [at, { username }] of people.entries()) {
    if (!unportrayed.has(username)) await showPortrait(await as(username), at)
  }
  const mediaByName = new Map<string, MediaView>()
  for (const picture of pictures) {
    mediaByName.set(picture.fileName, await upload(await as(picture.owner), picture))
  }
  for (const use of parts) await use(as, deps, mediaByName)
}

/** Their initials are shown instead. */
const unportrayed = new Set(['grace-lim', 'omar-said', 'julia-kowal'])

async function showPortrait(ctx: AuthedCtx, seed: number) {
  const { id, username, displayName: title } = ctx.actor.user
  const media = await upload(ctx, {
    owner: username,
    fileName: `${username}.jpg`,
    alt: `A drawing of ${title} from the front.`,
    caption: '',
    drawing: () => drawPortrait(360, seed),
  })
  // What `users.updateProfile` does with a picture that is ready: this one is when the first jobs have run.
  await transact(ctx, async (tx) => {
    const subject = { kind: 'user', id, title, isPublic: true }
    await setMediaUses(ctx, tx, subject, { mediaIds: [media.id], ownerIds: [id] })
    await tx.update(users).set({ avatarMediaId: media.id }).where(eq(users.id, id))
  })
}

async function upload(
  ctx: AuthedCtx,
  { fileName, drawing, alt, caption }: SeedPicture,
): Promise<MediaView> {
  const { pixels, width, height } = drawing()
  const content = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 88 })
    .toBuffer()
  const body = Readable.from([content])
  const file = { fileName, mime: 'image/jpeg', length: content.length, body }
  await using received = await receiveMedia(ctx, file)
  return await acceptMedia(ctx, received, { alt, caption })
}

async function ctxOf(deps: AppDeps, username: string): Promise<AuthedCtx> {
  const [user] = await deps.db.select().from(users).where(eq(users.username, username))
  if (!user) throw new Error(`The seed names ${username}, who is not among its people`)
  return {
    ...systemCtx(deps, { requestId: 'seed' }),
    actor: { kind: 'user', user, via: { kind: 'token', tokenId: 'seed', scopes: new Set() } },
  }
}
