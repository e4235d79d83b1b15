import type { Texts } from '../../registry/texts.ts'

export const publishingTexts: Partial<Texts> = {
  signUp: {
    open: 'To write, to comment and to follow authors.',
    readers: 'To comment and to follow authors.',
  },
  displayName: 'Shown with your articles and comments.',
  username: '3 to 30 letters, digits or hyphens; the address of your page.',
  newUsername: 'Changing it changes the address of your page.',
  goHome: 'Read the newest articles',
}
