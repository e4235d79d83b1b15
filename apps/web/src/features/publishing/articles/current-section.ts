/** Where a section counts as the one being read: its heading has passed this part of the window. */
const LINE = 0.3

/** Marks the link to the section that is being read, as the reader goes on; a link for each heading. Returns what ends it. */
export function markCurrentSection(
  links: readonly HTMLAnchorElement[],
  headings: readonly { id: string }[],
): () => void {
  const sections = links.flatMap((link, at) => {
    const heading = document.getElementById(headings[at]?.id ?? '')
    return heading ? [{ link, heading }] : []
  })
  // Called whenever a heading passes the line, or the upper edge.
  const observer = new IntersectionObserver(mark, {
    rootMargin: `0px 0px ${(LINE - 1) * 100}% 0px`,
  })
  for (const { heading } of sections) observer.observe(heading)
  return () => observer.disconnect()

  function mark() {
    const line = window.innerHeight * LINE + 1
    const current = sections.findLast(({ heading }) => heading.getBoundingClientRect().top <= line)
    for (const { link } of sections) {
      if (link === current?.link) link.setAttribute('aria-current', 'location')
      else link.removeAttribute('aria-current')
    }
  }
}
