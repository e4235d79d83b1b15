import { screen, waitFor } from '@testing-library/react'
import { expect, vi } from 'vitest'

export const field = (label: string) => screen.getByLabelText(label)
export const button = (name: string) => screen.getByRole('button', { name })

/** Waits for a field to be marked as wrong and to say why: a form checks its values after the event that sends it. */
export const expectWrong = (label: string, message: string) =>
  waitFor(() => {
    expect(field(label), label).toBeInvalid()
    expect(field(label), label).toHaveAccessibleDescription(expect.stringContaining(message))
  })

export const expectRight = (label: string) => expect(field(label), label).toBeValid()

/** Waits for a message at the edge of the page; it stands there twice, once for screen readers. */
export const expectToast = (text: string) => screen.findAllByText(text)

/** Takes note of full page loads, which jsdom does not do. */
export function watchPageLoads() {
  const assign = vi.fn<(address: string) => void>()
  const { href, origin, pathname, search } = window.location
  vi.stubGlobal('location', { href, origin, pathname, search, assign })
  return assign
}
