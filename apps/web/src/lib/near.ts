/** Calls `arrive` once, when one of the elements is less than a window away. Returns what ends the wait. */
export function whenNear(elements: Iterable<Element>, arrive: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return
      observer.disconnect()
      arrive()
    },
    { rootMargin: '100% 0px' },
  )
  for (const element of elements) observer.observe(element)
  return () => observer.disconnect()
}
