/** The migrations, or what the database knows of them, are not in order. The message says which and what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}
