/** What editor and search offer: the languages that are detected, and variants in which much is written. */
const tags = [
  'am ar az be bg bn ca cs da de el en en-GB en-US es et eu fa fi fr gu he hi hr hu hy is it ja ka kn ko ku lo lt lv ml',
  'mr ms nl no or pa pl pt pt-BR ro ru sk sl sq sr sv ta te th tl tr uk ur vi yo zh-Hans zh-Hant zh',
].flatMap((line) => line.split(' '))

const names = new Intl.DisplayNames('en', { type: 'language' })

/** `pt-BR` as `Brazilian Portuguese`; a tag without a name stands as it is. */
export const languageName = (tag: string) => names.of(tag) ?? tag

/** By name; with `chosen`, which may be another one. */
export function languageOptions(chosen: string): { tag: string; name: string }[] {
  const all = chosen === '' || tags.includes(chosen) ? tags : [...tags, chosen]
  return all
    .map((tag) => ({ tag, name: languageName(tag) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
}
