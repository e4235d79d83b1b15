import {
  MediaType,
  PictureFormat,
  type MediaView,
  type Picture,
} from '@galley/contract/platform/media'
import type { MediaVariant } from '@galley/db/schema'
import type { ListedRow, MediaRow } from './queries.ts'
import { removedAt } from './retention.ts'

export const toMediaView = (row: ListedRow): MediaView => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  reason: row.reason,
  mime: MediaType.parse(row.mime),
  fileName: row.fileName,
  bytes: row.bytes,
  alt: row.alt,
  decorative: row.decorative,
  caption: row.caption,
  url: `/media/${row.id}`,
  picture: toPicture({ ...row, names: row.variants.map(({ name }) => name) }),
  jobId: row.jobId,
  useCount: row.useCount,
  removedAt: removedAt(row)?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
})

type Pictured = Pick<
  MediaRow,
  'id' | 'kind' | 'state' | 'alt' | 'decorative' | 'caption' | 'width' | 'height' | 'thumbhash'
> & { names: string[] }

/** How pages show it; null for what is no picture, or not ready. */
export function toPicture({ kind, state, names, ...row }: Pictured): Picture | null {
  const { id, alt, decorative, caption, width, height, thumbhash } = row
  if (kind !== 'image' || state !== 'ready' || width === null || height === null) return null
  const byFormat = Map.groupBy(names.flatMap(variantOf), ({ format }) => format)
  const formats = PictureFormat.options.filter((format) => byFormat.has(format))
  const widths = [...byFormat.values()].map((group) => new Set(group.map((one) => one.width)))
  const shared = widths.reduce((all, some) => all.intersection(some), widths[0] ?? new Set())
  return {
    id,
    alt,
    decorative,
    caption,
    width,
    height,
    thumbhash,
    widths: [...shared].toSorted((a, b) => a - b),
    formats,
  }
}

/** Width and format in the name of a picture's file, `640.webp`. */
function variantOf(name: string): { width: number; format: PictureFormat }[] {
  const [width, extension] = name.split('.')
  const format = PictureFormat.safeParse(extension)
  return format.success ? [{ width: Number(width), format: format.data }] : []
}

/** So wide a picture is where nobody says how wide. */
const DEFAULT_WIDTH = 1200

/** The variant at the end of an address: by its name, a small one, or without any one that every browser shows. */
export function findVariant(
  variants: MediaVariant[],
  name: string | undefined,
): MediaVariant | undefined {
  if (name !== undefined && name !== 'thumbnail') return variants.find((one) => one.name === name)
  const formats = PictureFormat.options.filter((format) =>
    variants.some((one) => one.name.endsWith(`.${format}`)),
  )
  const format = name === 'thumbnail' ? formats.find((one) => one !== 'avif') : formats.at(-1)
  if (format === undefined) return name === undefined ? variants[0] : undefined
  const sized = variants
    .filter((one) => one.name.endsWith(`.${format}`))
    .toSorted((a, b) => (a.width ?? 0) - (b.width ?? 0))
  if (name === 'thumbnail') return sized[0]
  return sized.find(({ width }) => (width ?? 0) >= DEFAULT_WIDTH) ?? sized.at(-1)
}
