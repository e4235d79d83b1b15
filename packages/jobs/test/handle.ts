import type { JobDefinition, JobHandler, RunningJob } from '../src/jobs.ts'

export const silent = { info() {}, warn() {}, error() {} }

/** What the registry does: the payload is checked, then handed over. */
export const handle = <Payload>(
  definition: JobDefinition<Payload>,
  run: (payload: Payload, job: RunningJob) => Promise<void> | void,
): JobHandler => ({
  definition,
  run: async (payload, job) => run(definition.payload.parse(payload), job),
})
