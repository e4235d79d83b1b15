/** What the Galley of the browser tests calls itself: nothing that a page could know by itself. */
export const site = {
  name: 'The Gazette',
  description: 'Notes of the browser tests.',
  language: 'en-GB',
  links: [{ label: 'Imprint', href: '/articles/imprint' }],
}
