import { isSecureOrigin, needsTls } from './addresses.ts'
import { isPlaceholderPassword } from './secrets.ts'

type ProductionEnv = {
  PUBLIC_ORIGIN?: string | undefined
  SMTP_URL?: string | undefined
  ENCRYPTION_KEYS: readonly { key: Buffer }[]
  REDIS_URL?: string | undefined
  DATABASE_URL: string
}

/** What production must have, and what may not go there. `descriptions`: of each variable by its name. */
export function productionProblems(
  env: ProductionEnv,
  descriptions: Record<string, string>,
): string[] {
  const problems: string[] = []
  if (!env.PUBLIC_ORIGIN) problems.push(`PUBLIC_ORIGIN is missing. ${descriptions.PUBLIC_ORIGIN}`)
  else if (!isSecureOrigin(env.PUBLIC_ORIGIN)) {
    problems.push(
      'PUBLIC_ORIGIN must start with https:// in production (http:// only for localhost).',
    )
  }
  if (!env.SMTP_URL) problems.push(`SMTP_URL is missing. ${descriptions.SMTP_URL}`)
  if (env.ENCRYPTION_KEYS.some(({ key }) => new Set(key).size < 8)) {
    problems.push(
      'ENCRYPTION_KEYS holds a key that is not random: make one with openssl rand -base64 32.',
    )
  }
  if (env.REDIS_URL?.startsWith('redis:') && needsTls(env.REDIS_URL)) {
    problems.push(
      'REDIS_URL must start with rediss:// in production, since Redis is on another machine, or end in ?tls=off.',
    )
  }
  if (isPlaceholderPassword(env.DATABASE_URL)) {
    problems.push('DATABASE_URL holds a placeholder for a password: choose a real one.')
  }
  return problems
}
