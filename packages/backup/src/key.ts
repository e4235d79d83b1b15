import { Decrypter, Encrypter, generateIdentity, identityToRecipient } from 'age-encryption'
import { Readable } from 'node:stream'
import { BackupError } from './backups.ts'

const isSecret = (key: string) => key.startsWith('AGE-SECRET-KEY-')

/** A new pair. */
export async function createKey(): Promise<{ secret: string; recipient: string }> {
  const secret = await generateIdentity()
  return { secret, recipient: await identityToRecipient(secret) }
}

type Bytes = AsyncIterable<Uint8Array>

/** Stages of a pipeline, or none without a key. */
export async function encryptionBy(key: string | undefined) {
  if (key === undefined) return []
  const encrypter = new Encrypter()
  try {
    encrypter.addRecipient(isSecret(key) ? await identityToRecipient(key) : key)
  } catch {
    throw mistyped()
  }
  return [(plain: Bytes) => through(plain, (stream) => encrypter.encrypt(stream))]
}

/** The same to read a file. Throws BackupError in the pipeline where the key is another one, or the file was cut or altered. */
export function decryptionBy(key: string | undefined, file: string) {
  if (!file.endsWith('.age')) return []
  if (key === undefined || !isSecret(key)) {
    throw new BackupError('The backup is encrypted: set BACKUP_KEY to its AGE-SECRET-KEY-1...')
  }
  const decrypter = new Decrypter()
  try {
    decrypter.addIdentity(key)
  } catch {
    throw mistyped()
  }
  return [
    (sealed: Bytes) =>
      through(
        sealed,
        (stream) => decrypter.decrypt(stream),
        (cause) => explain(cause, file),
      ),
  ]
}

// What the library says repeats the key.
const mistyped = () => new BackupError('BACKUP_KEY is mistyped: its checksum is not right.')

type Web = ReadableStream<Uint8Array>

async function* through(
  source: Bytes,
  work: (stream: Web) => Promise<Web>,
  explained: (cause: unknown) => unknown = (cause) => cause,
) {
  try {
    // Node's type of it is its own; it is the same object.
    const web = Readable.toWeb(Readable.from(source, { objectMode: false })) as Web
    yield* await work(web)
  } catch (cause) {
    throw explained(cause)
  }
}

function explain(cause: unknown, file: string): unknown {
  if (!(cause instanceof Error)) return cause
  if (/no identity matched/.test(cause.message)) {
    return new BackupError('BACKUP_KEY is not the key that the backup was encrypted with.')
  }
  if ('code' in cause) return cause
  return new BackupError(`${file} was altered or cut off: it cannot be decrypted.`, { cause })
}
