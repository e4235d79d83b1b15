import { publishingTexts } from '../features/publishing/words.ts'

/** Words of platform pages that say what an account is for; each part of the product may set its own. */
export type Texts = {
  /** Under the title of the sign-up page: what anybody may do with an account, and what readers may. */
  signUp: { open: string; readers: string }
  /** Below the fields of a profile. */
  displayName: string
  username: string
  newUsername: string
}

export const texts: Texts = {
  signUp: { open: '', readers: '' },
  displayName: 'Shown to others.',
  username: '3 to 30 letters, digits or hyphens.',
  newUsername: '',
  ...publishingTexts,
}
