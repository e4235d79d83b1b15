import { publishingTexts } from '../features/publishing/navigation.ts'

/** Words of platform pages that say what an account is for; each part of the product may set its own. */
export type Texts = {
  /** Under the title of the sign-up page: what anybody may do with an account, and what readers may. */
  signUp: { open: string; readers: string }
  /** Below the fields of a profile. */
  displayName: string
  username: string
  newUsername: string
  /** Of the link to the home page, where there is nothing at an address. */
  goHome: string
}

export const texts: Texts = {
  signUp: { open: '', readers: '' },
  displayName: 'Shown to others.',
  username: '3 to 30 letters, digits or hyphens.',
  newUsername: '',
  goHome: 'Go to the home page',
  ...publishingTexts,
}
