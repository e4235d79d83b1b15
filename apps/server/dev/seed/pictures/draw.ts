export type Colour = [red: number, green: number, blue: number]

/** Three bytes for each pixel, row by row. */
export type Drawing = { width: number; height: number; pixels: Uint8Array }

export type Palette = {
  sky: [top: Colour, bottom: Colour]
  sun: Colour
  hills: [far: Colour, near: Colour]
}

export const palettes = {
  morning: {
    sky: [
      [142, 178, 205],
      [248, 226, 196],
    ],
    sun: [255, 246, 222],
    hills: [
      [168, 178, 186],
      [38, 62, 58],
    ],
  },
  noon: {
    sky: [
      [74, 138, 190],
      [206, 228, 236],
    ],
    sun: [255, 255, 240],
    hills: [
      [140, 172, 160],
      [44, 84, 44],
    ],
  },
  evening: {
    sky: [
      [62, 54, 104],
      [242, 148, 96],
    ],
    sun: [255, 222, 150],
    hills: [
      [150, 96, 112],
      [30, 24, 44],
    ],
  },
  night: {
    sky: [
      [8, 14, 34],
      [52, 70, 104],
    ],
    sun: [232, 236, 244],
    hills: [
      [44, 58, 84],
      [8, 12, 20],
    ],
  },
} satisfies Record<string, Palette>

/** Hills behind hills under a sun: the same for the same number. */
export function drawHills(
  { width, height }: { width: number; height: number },
  { sky, sun, hills }: Palette,
  seed: number,
): Drawing {
  const random = createRandom(seed)
  const sunAt = { x: (0.2 + 0.6 * random()) * width, y: (0.18 + 0.2 * random()) * height }
  const radius = height * (0.05 + 0.03 * random())
  const layers = Array.from({ length: 5 }, (_, depth) => {
    const waves = [1, 2.3, 5.1, 11].map((frequency) => ({
      frequency: frequency * (0.8 + 0.4 * random()),
      phase: random() * 2 * Math.PI,
      size: (0.09 * height) / frequency,
    }))
    const base = height * (0.42 + 0.13 * depth)
    const colour = mix(hills[0], hills[1], depth / 4)
    const ridge = (x: number) =>
      waves.reduce((y, { frequency, phase, size }) => {
        return y + size * Math.sin((x / width) * frequency * 2 * Math.PI + phase)
      }, base)
    return { colour, ridges: Float32Array.from({ length: width }, (_each, x) => ridge(x)) }
  })
  return draw(width, height, (x, y) => {
    const front = layers.findLast(({ ridges }) => y > (ridges[x] ?? 0))
    // Mist gathers below each ridge.
    if (front)
      return mix(front.colour, sky[1], Math.max(0, 0.3 - (y - (front.ridges[x] ?? 0)) / height))
    const glow = Math.hypot(x - sunAt.x, y - sunAt.y) / radius
    const air = mix(sky[0], sky[1], y / (height * 0.6))
    return glow < 1 ? sun : mix(sun, air, Math.min(1, 0.45 + glow / 9))
  })
}

export function draw(width: number, height: number, at: (x: number, y: number) => Colour): Drawing {
  const pixels = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pixels.set(at(x, y), (y * width + x) * 3)
  }
  return { width, height, pixels }
}

export function mix(a: Colour, b: Colour, part: number): Colour {
  const of = (index: 0 | 1 | 2) => Math.round(a[index] + (b[index] - a[index]) * part)
  return [of(0), of(1), of(2)]
}

/** Numbers from 0 to 1, the same ones for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}
