/** What an entry of the audit log is about, for the words of its sentence. */
export type About = {
  who: string
  /** Whose account it is about: their name, and "their" where they did it themselves. */
  name: string
  their: string
  /** The title or name of what it is about. */
  what: string
  before: (field: string) => string
  after: (field: string) => string
}

/** Says what happened, without a full stop. */
export type Sentence = (about: About) => string

/** In isolation: whichever way a name runs, the sentence around it stays in order. */
export const quoted = (name: string) => (name ? `“\u2068${name}\u2069”` : 'without a name')

export const platformSentences = {
  'session.created': ({ who, after }) => `${who} signed in${methodWords[after('method')] ?? ''}`,
  'session.refused': ({ name }) => `A sign-in to ${name} was refused`,
  'session.deleted': ({ who }) => `${who} signed out`,
  'session.revoked': ({ who, their }) => `${who} signed out one of ${their} devices`,
  'session.others-revoked': ({ who, their }) => `${who} signed out ${their} other devices`,
  'second-factor.refused': ({ name }) => `A wrong code was given for ${name}`,
  'session.step-up-refused': ({ who }) => `${who} could not confirm who they are`,
  'second-factor.turned-on': ({ who, their }) => `${who} turned on ${their} second factor`,
  'second-factor.reset': ({ who, name }) => `${who} reset the second factor of ${name}`,
  'second-factor.turned-off': ({ who, their }) => `${who} turned off ${their} second factor`,
  'recovery-codes.replaced': ({ who, their }) => `${who} replaced ${their} recovery codes`,
  'recovery-code.used': ({ name }) => `A recovery code of ${name} was used`,
  'passkey.created': ({ who, what }) => `${who} added the passkey ${what}`,
  'passkey.deleted': ({ who, what }) => `${who} deleted the passkey ${what}`,
  'identity.connected': ({ who, what }) => `${who} connected the account ${what}`,
  'identity.disconnected': ({ who, what }) => `${who} disconnected the account ${what}`,
  'token.created': ({ who, what }) => `${who} created the token ${what}`,
  'token.deleted': ({ who, what }) => `${who} deleted the token ${what}`,
  'program.signed-in': ({ name }) => `An API client signed in as ${name}`,
  'program.signed-out': ({ name }) => `An API client of ${name} was signed out`,
  'program.token-reused': ({ name }) =>
    `An API client of ${name} was signed out, because a used token was sent again`,
  'user.created': ({ who, name }) => `${who} created ${name}`,
  'user.signed-up': ({ name }) => `${name} signed up`,
  'user.sign-up-refused': ({ their }) => `Somebody tried to sign up with ${their} address`,
  'user.verification-requested': ({ name }) => `A new confirmation link was sent to ${name}`,
  'user.email-verified': ({ who, their }) => `${who} confirmed ${their} e-mail address`,
  'user.email-change-requested': ({ who, their, after }) =>
    `${who} asked to change ${their} e-mail address to ${after('email')}`,
  'user.email-changed': ({ who, their, before, after }) =>
    `${who} changed ${their} e-mail address from ${before('email')} to ${after('email')}`,
  'user.reset-requested': ({ name }) => `A password reset was requested for ${name}`,
  'user.password-set': ({ who, their }) => `${who} set ${their} password`,
  'user.password-changed': ({ who, their }) => `${who} changed ${their} password`,
  'user.password-reset': ({ who, their }) => `${who} reset ${their} password`,
  'user.credentials-reviewed': ({ who, their }) =>
    `${who} kept ${their} passkeys and connected accounts after a reset`,
  'user.role-changed': ({ who, their, before, after }) =>
    `${who} changed ${their} role from ${before('role')} to ${after('role')}`,
  'user.suspended': ({ who, name, after }) =>
    `${who} suspended ${name}: ${quoted(after('reason'))}`,
  'user.restored': ({ who, name }) => `${who} restored ${name}`,
  'user.sessions-revoked': ({ who, name }) => `${who} signed ${name} out everywhere`,
  'invitation.created': ({ who, after }) => `${who} invited ${after('email')} as ${after('role')}`,
  'invitation.deleted': ({ who, before }) => `${who} withdrew the invitation of ${before('email')}`,
  'invitation.accepted': ({ name, after }) => `${name} accepted an invitation as ${after('role')}`,
  'media.uploaded': ({ who, after }) => `${who} uploaded ${quoted(after('fileName'))}`,
  'media.updated': ({ who, before }) =>
    `${who} changed what is said of the file ${quoted(before('fileName'))}`,
  'media.deleted': ({ who, before }) => `${who} deleted the file ${quoted(before('fileName'))}`,
  'job.started': ({ who, after }) => `${who} started the job ${after('job')}`,
  'job.retried': ({ who, what }) => `${who} ran a failed job of ${what} again`,
  'job.discarded': ({ who, what }) => `${who} discarded a failed job of ${what}`,
  'settings.updated': ({ who }) => `${who} changed the settings of the site`,
  'settings.maintenance-on': ({ who }) => `${who} began maintenance`,
  'settings.maintenance-off': ({ who }) => `${who} ended maintenance`,
  'signing-key.rotated': ({ who }) => `${who} made a new signing key`,
  'signing-key.all-revoked': ({ who }) => `${who} revoked every signing key`,
  'backup.taken': ({ who }) => `${who} took a backup`,
  'backup.failed': ({ who }) => `${who} could not take a backup`,
  'audit.swept': ({ who, after }) =>
    `${who} deleted old entries of the audit log: ${after('entries')}`,
} satisfies Record<string, Sentence>

const methodWords: Record<string, string> = {
  password: ' with a password',
  passkey: ' with a passkey',
  identity: ' with a connected account',
}

/** What actions are about, by the first part of their names. */
export const platformNouns = {
  user: 'Accounts',
  session: 'Sign-ins and devices',
  'second-factor': 'Second factors',
  'recovery-codes': 'New recovery codes',
  'recovery-code': 'Recovery codes',
  passkey: 'Passkeys',
  identity: 'Connected accounts',
  token: 'Tokens',
  program: 'API clients',
  invitation: 'Invitations',
  media: 'Files',
  job: 'Jobs',
  settings: 'Settings of the site',
  'signing-key': 'Signing keys',
  backup: 'Backups',
  audit: 'The audit log',
}
