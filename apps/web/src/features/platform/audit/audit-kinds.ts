import { auditActions, type AuditAction } from '@galley/contract/audit'

type Noun<Action> = Action extends `${infer First}.${string}` ? First : never

const nouns: Record<Noun<AuditAction>, string> = {
  article: 'Articles',
  comment: 'Comments',
  user: 'Accounts',
  session: 'Sign-ins and devices',
  'second-factor': 'Second factors',
  'recovery-codes': 'New recovery codes',
  'recovery-code': 'Recovery codes',
  passkey: 'Passkeys',
  identity: 'Connected accounts',
  token: 'Tokens',
  program: 'Programs',
  invitation: 'Invitations',
  job: 'Jobs',
  'signing-key': 'Signing keys',
}

/** What the audit log can be narrowed to: a kind as a whole, `user.`, or one action of it. */
export const auditKinds = Object.entries(nouns).map(([noun, title]) => ({
  title,
  all: `${noun}.`,
  actions: auditActions
    .filter((action) => action.startsWith(`${noun}.`))
    .map((action) => ({ action, text: inWords(action.slice(noun.length + 1)) })),
}))

function inWords(name: string) {
  return name.replaceAll('-', ' ')
}
