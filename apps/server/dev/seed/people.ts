import type { Role } from '@galley/contract/platform/users'

type Person = { username: string; displayName: string; role: Role; bio: string }

/** The people of the demonstration publication. Their addresses are `<username>@example.com`. */
export const people: Person[] = [
  {
    username: 'mira-okafor',
    displayName: 'Mira Okafor',
    role: 'admin',
    bio: 'Sets books for small presses and edits this publication. Collects specimen sheets and opinions about hyphens.',
  },
  {
    username: 'jonas-lind',
    displayName: 'Jonas Lind',
    role: 'author',
    bio: 'Database engineer in Gothenburg. Reads query plans for a living and tide tables for fun.',
  },
  {
    username: 'aiko-tanabe',
    displayName: 'Aiko Tanabe',
    role: 'author',
    bio: 'Writes TypeScript for a museum. Believes that most front-end problems are problems of naming.',
  },
  {
    username: 'petra-novak',
    displayName: 'Petra Novák',
    role: 'editor',
    bio: 'Fifteen years on call, ten of them asleep by midnight. Writes about systems that fail politely.',
  },
  {
    username: 'david-oyelaran',
    displayName: 'David Oyelaran',
    role: 'author',
    bio: 'Statistician at a public hospital. Draws the data first and argues afterwards.',
  },
  {
    username: 'tomas-ferreira',
    displayName: 'Tomás Ferreira',
    role: 'author',
    bio: 'Bakes in the morning, cooks in the evening, writes in between. Runs a twelve-seat kitchen in Porto.',
  },
  {
    username: 'lena-brandt',
    displayName: 'Lena Brandt',
    role: 'author',
    bio: 'Sailing instructor on the Baltic coast. Knows the shipping forecast by heart and distrusts it by habit.',
  },
  {
    username: 'samuel-adeyemi',
    displayName: 'Samuel Adeyemi',
    role: 'author',
    bio: 'Plans bus networks. Has an opinion about your junction.',
  },
  {
    username: 'ines-moreau',
    displayName: 'Inès Moreau',
    role: 'author',
    bio: 'Gardener and soil ecologist. Grows beans, counts bees, leaves the leaves where they fall.',
  },
  {
    username: 'hana-yusuf',
    displayName: 'Hana Yusuf',
    role: 'author',
    bio: 'Librarian and historian of catalogues, telegraphs and other ways of finding things.',
  },
  {
    username: 'noor-haddad',
    displayName: 'Noor Haddad',
    role: 'reader',
    bio: 'Reads on the tram. Asks for sources.',
  },
  { username: 'felix-baum', displayName: 'Felix Baum', role: 'reader', bio: 'Retired compositor.' },
  { username: 'grace-lim', displayName: 'Grace Lim', role: 'reader', bio: '' },
  {
    username: 'omar-said',
    displayName: 'Omar Said',
    role: 'reader',
    bio: 'Cook, cyclist, father of three.',
  },
  {
    username: 'julia-kowal',
    displayName: 'Julia Kowal',
    role: 'reader',
    bio: 'Teaches mathematics.',
  },
  {
    username: 'theo-martin',
    displayName: 'Théo Martin',
    role: 'reader',
    bio: 'Learning to sail, slowly.',
  },
]

/** For development only: the seed never runs in production. */
export const demoPassword = 'galley-demo'

export const emailOf = (username: string) => `${username}@example.com`

/** One account of each kind, as the start-up banner shows them. */
export const demoAccounts = ['mira-okafor', 'jonas-lind', 'noor-haddad'].map((username) => ({
  email: emailOf(username),
  password: demoPassword,
  role: people.find((person) => person.username === username)?.role ?? 'reader',
}))
