/** PostgreSQL could not be started here. The message says what is wrong, where, and what to do. */
export class ClusterError extends Error {
  override readonly name = 'ClusterError'
}
