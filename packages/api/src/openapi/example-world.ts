/** Who and what the examples are about. The test that sends them makes all of it. */
export const ids = {
  mira: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b01',
  tomas: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b02',
  articleOfMira: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b20',
  draftOfMira: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b21',
  articleOfTomas: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b22',
  commentOfMira: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b40',
  job: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b60',
} as const

/** The caller of every example. */
export const mira = {
  username: 'mira-okafor',
  displayName: 'Mira Okafor',
  email: 'mira@example.com',
  password: 'seventeen blue herons',
} as const

export const tomas = { username: 'tomas-lind', displayName: 'Tomas Lind' } as const

export const slugs = { ofMira: 'plant-the-tree-small', ofTomas: 'a-year-of-rain' } as const

/** Of Mira's program. Not one that was ever given. */
export const refreshToken = 'glr_k3mZ0sQ7yVtB2nXa9cLr5eWd8fHj1gUp4oIi6bYqTzM'
