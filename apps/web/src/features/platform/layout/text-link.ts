/** The look of a link within small text. */
export const textLinkClass = 'font-medium text-ink underline underline-offset-3 hover:text-accent'
