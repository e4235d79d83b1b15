const hues = [
  'bg-[light-dark(#f0ddd6,#4a2c22)] text-[light-dark(#7a2a17,#f3c3b3)]',
  'bg-[light-dark(#dfe6ef,#23344a)] text-[light-dark(#27476d,#bcd2ec)]',
  'bg-[light-dark(#dfeadf,#243a2a)] text-[light-dark(#2a5636,#bfe0c8)]',
  'bg-[light-dark(#efe6cf,#423615)] text-[light-dark(#674c08,#ecd596)]',
  'bg-[light-dark(#e9dfee,#3a2a45)] text-[light-dark(#5b3573,#dcc3ea)]',
  'bg-[light-dark(#d9e9ea,#1d3b3d)] text-[light-dark(#1c5457,#b3dcde)]',
] as const

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

const sizes = {
  small: 'size-7 text-[0.6875rem]',
  normal: 'size-10 text-xs',
  large: 'size-20 text-2xl',
}

type AvatarProps = {
  person: { username: string; displayName: string; avatarUrl: string | null }
  size?: keyof typeof sizes
}

/** A person's picture, or their initials on a colour that stays theirs; decoration beside the name it repeats. */
export function Avatar({ person, size = 'normal' }: AvatarProps) {
  const { username, displayName, avatarUrl } = person
  const look = `inline-flex shrink-0 rounded-full ${sizes[size]}`
  if (avatarUrl !== null) {
    return (
      <img src={avatarUrl} alt="" loading="lazy" className={`${look} bg-sunken object-cover`} />
    )
  }
  return (
    <span
      aria-hidden="true"
      data-initials={initialsOf(displayName)}
      className={`${look} items-center justify-center font-semibold tracking-wide before:content-[attr(data-initials)] ${hueOf(username)}`}
    />
  )
}

function initialsOf(name: string) {
  const words = name.trim().split(/\s+/u)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined]
  return letters.map(firstLetter).join('')
}

function firstLetter(word = '') {
  const [first] = graphemes.segment(word)
  return first?.segment.toUpperCase() ?? ''
}

function hueOf(seed: string) {
  let sum = 0
  for (const char of seed) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973
  return hues[sum % hues.length] ?? hues[0]
}
