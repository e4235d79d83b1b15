type SerializedError = {
  type: string
  message: string
  stack?: string
  code?: string
  constraint?: string
  table?: string
  cause?: SerializedError
}

const MAX_DEPTH = 5

/**
 * What a log keeps of an error: no parameters of SQL statements and no values that PostgreSQL quotes, since both
 * hold what people typed. The stack is the frames alone, because its first lines repeat the message.
 */
export function serializeError(error: unknown): SerializedError {
  return serialize(error, MAX_DEPTH)
}

function serialize(error: unknown, depth: number): SerializedError {
  if (!(error instanceof Error)) {
    if (isErrorLike(error)) return serialize(Object.assign(new Error(), error), depth)
    return { type: typeof error, message: 'Not an Error was thrown.' }
  }
  const { cause } = error
  // Without the message, a line of which may look like a frame.
  const lines = error.stack?.replace(error.message, () => '').split('\n')
  const frames = lines?.filter((line) => /^\s+at /.test(line))
  return {
    type: error.name,
    message: safeMessage(error),
    ...text(error, 'code', 'code'),
    ...text(error, 'constraint_name', 'constraint'),
    ...text(error, 'table_name', 'table'),
    ...(frames?.length && { stack: frames.join('\n') }),
    ...(cause !== undefined && depth > 0 && { cause: serialize(cause, depth - 1) }),
  }
}

/** A copy of an error, as some libraries hand it on. */
const isErrorLike = (thrown: unknown): thrown is { message: string } =>
  typeof thrown === 'object' &&
  thrown !== null &&
  'message' in thrown &&
  typeof thrown.message === 'string'

function safeMessage(error: Error) {
  if (error instanceof SyntaxError) return 'The text could not be parsed.' // JSON.parse quotes what it read
  if ('query' in error && 'params' in error) return `Failed query: ${String(error.query)}`
  if ('severity' in error) return error.message.replace(/".*"/s, '"…"') // a value may hold quotes
  return error.message
}

function text(error: Error, from: string, to: string) {
  const value: unknown = Reflect.get(error, from)
  return typeof value === 'string' ? { [to]: value } : {}
}
