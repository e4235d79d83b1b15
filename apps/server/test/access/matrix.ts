import type { Row } from './row.ts'
import { account } from './rows/account.ts'
import { articles } from './rows/articles.ts'
import { invitations } from './rows/invitations.ts'
import { operations } from './rows/operations.ts'
import { responses } from './rows/responses.ts'
import { users } from './rows/users.ts'

/** Who may do what: every procedure, alone or on each kind of thing. `docs/access.md` is made of it. */
export const matrix: Row[] = [
  ...articles,
  ...responses,
  ...users,
  ...invitations,
  ...account,
  ...operations,
]
