import { type Colour, createRandom, draw, type Drawing, mix } from './draw.ts'

type Some<Item> = [Item, ...Item[]]

const grounds: Some<[top: Colour, bottom: Colour]> = [
  [
    [214, 226, 232],
    [160, 184, 196],
  ],
  [
    [240, 222, 196],
    [214, 180, 142],
  ],
  [
    [206, 222, 204],
    [142, 172, 148],
  ],
  [
    [226, 212, 228],
    [176, 156, 186],
  ],
  [
    [236, 208, 198],
    [196, 148, 138],
  ],
  [
    [200, 206, 224],
    [128, 140, 172],
  ],
]
const skins: Some<Colour> = [
  [246, 214, 188],
  [226, 180, 142],
  [188, 134, 98],
  [140, 92, 64],
  [98, 64, 46],
]
const hairs: Some<Colour> = [
  [34, 28, 28],
  [74, 48, 34],
  [150, 100, 56],
  [196, 160, 104],
  [172, 172, 174],
]
const clothes: Some<Colour> = [
  [44, 72, 98],
  [122, 52, 46],
  [64, 92, 70],
  [88, 70, 108],
  [52, 52, 58],
  [170, 122, 58],
]

/** Somebody from the front, without a face: head, hair and shoulders; the same for the same number. */
export function drawPortrait(side: number, seed: number): Drawing {
  const random = createRandom(seed)
  // The first numbers of neighbouring seeds are alike.
  for (let skip = 0; skip < 8; skip += 1) random()
  const pick = <Item>(items: Some<Item>) => items[Math.floor(random() * items.length)] ?? items[0]
  const [ground, skin, hair, cloth] = [pick(grounds), pick(skins), pick(hairs), pick(clothes)]
  const [wide, long, parting] = [0.16 + 0.02 * random(), 0.1 + 0.3 * random(), random() - 0.5]
  const head = ellipse(0.5, 0.42, wide, wide * 1.25)
  const crown = ellipse(0.5, 0.4, wide * 1.2, wide * 1.35)
  const shoulders = ellipse(0.5, 1.06, 0.4, 0.34)
  const neck = ellipse(0.5, 0.62, wide * 0.45, 0.16)
  const colourAt = (x: number, y: number): Colour => {
    const fringe = 0.31 + 0.06 * Math.abs(x - 0.5 - 0.1 * parting) * 10 * wide
    if (head(x, y) && y > fringe) return mix(skin, [0, 0, 0], x > 0.5 ? 0.05 : 0)
    const hangs = Math.abs(x - 0.5) < wide * 1.2 && y > 0.4 && y < 0.4 + long
    if (crown(x, y) && y < 0.46) return hair
    if (neck(x, y) && y < 0.76) return mix(skin, [0, 0, 0], 0.14)
    if (hangs && !head(x, y)) return hair
    if (shoulders(x, y)) return mix(cloth, [255, 255, 255], (1 - y) * 0.3)
    return mix(ground[0], ground[1], y)
  }
  return draw(side, side, (x, y) => colourAt(x / side, y / side))
}

/** Whether a place is in it; all in parts of the side. */
const ellipse =
  (x: number, y: number, width: number, height: number) => (atX: number, atY: number) =>
    ((atX - x) / width) ** 2 + ((atY - y) / height) ** 2 < 1
