const places = 'form, section, article, main'
const overlays = 'dialog, [role="dialog"], [role="alertdialog"], [popover]'

/**
 * When what had the focus is taken out of the page (a deleted row, the button of a form that gave way to its result),
 * browsers drop the focus to the body, and the keyboard starts at the top. The nearest place around it gets it instead.
 */
export function rescueFocus(): void {
  let around: Element[] = []
  const remember = (target: EventTarget | null) => {
    if (target instanceof Element && !target.closest(overlays)) around = withAncestors(target)
  }
  // A press on nothing in particular takes the focus away on purpose.
  const forget = ({ target }: PointerEvent) => {
    if (!(target instanceof Element) || target.closest(overlays)) return
    const { activeElement } = document
    if (isNowhere() || !activeElement?.contains(target)) around = []
  }
  const rescue = () => {
    if (!isNowhere() || around[0]?.isConnected !== false) return
    const place = around.find((element) => element.isConnected && element.matches(places))
    around = []
    if (place instanceof HTMLElement) focusPlace(place)
  }
  remember(document.activeElement)
  new MutationObserver(rescue).observe(document.body, { childList: true, subtree: true })
  document.addEventListener('focusin', ({ target }) => remember(target))
  document.addEventListener('pointerdown', forget)
}

const isNowhere = () => document.activeElement === null || document.activeElement === document.body

function withAncestors(element: Element): Element[] {
  const { parentElement } = element
  return parentElement ? [element, ...withAncestors(parentElement)] : [element]
}

function focusPlace(place: HTMLElement) {
  if (!place.hasAttribute('tabindex')) place.tabIndex = -1
  place.focus({ preventScroll: true })
}
