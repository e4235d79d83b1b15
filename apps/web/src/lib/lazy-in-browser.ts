import { type ComponentType, createElement, lazy } from 'react'

/** What the server loads at the moment. */
const loading = new Set<Promise<void>>()

/**
 * A component that a browser fetches when it is wanted. The server has it before it renders: it would leave the part out of the
 * first pages of each process, or send it hidden, for a script to show.
 */
export function lazyInBrowser<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  if (!import.meta.env.SSR) return lazy(async () => ({ default: await load() }))
  let component: ComponentType<Props> | undefined
  const take = async () => {
    component = await load()
    loading.delete(whole)
  }
  const whole = take()
  // A load that fails is an error of the page that waits for it, not an unhandled one of the process.
  whole.catch(() => {})
  loading.add(whole)
  return function AtHand(props: Props) {
    if (!component) throw new Error('A part of the page was rendered before it was loaded')
    return createElement(component, props)
  }
}

/** Resolves once the parts of all pages that are loaded are there; what these bring along, too. */
export async function partsAtHand(): Promise<void> {
  while (loading.size > 0) await Promise.all(loading)
}
