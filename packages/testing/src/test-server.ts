import { sharedTestServer, testDatabaseUrl } from './env.ts'
import { clearServer, prepareServer, type TestServer } from './server.ts'
import { startThrowAwayCluster } from './throw-away-cluster.ts'

interface StartedServer {
  server: TestServer
  stop(): Promise<void>
}

/**
 * A PostgreSQL with a migrated template: that of the run of several workspaces which this one is part of, that of
 * TEST_DATABASE_URL, or one of its own.
 */
export async function startTestServer(): Promise<StartedServer> {
  if (sharedTestServer) return { server: sharedTestServer, stop: async () => {} }
  if (testDatabaseUrl) {
    const server = await prepareServer(testDatabaseUrl)
    return { server, stop: () => clearServer(server) }
  }
  const cluster = await startThrowAwayCluster()
  try {
    return { server: await prepareServer(cluster.url), stop: cluster.remove }
  } catch (error) {
    await cluster.remove()
    throw error
  }
}
