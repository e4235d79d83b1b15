import { operatorCtx, takesNoArguments, type Command } from '../command.ts'

/** After a change of what PostgreSQL makes of words (a new major version, other dictionaries), or a restore of single tables. */
export const rebuildSearch: Command = {
  name: 'search rebuild',
  about:
    'search rebuild starts the job that makes the search index again; the server may run, and a worker must.',
  create(args) {
    takesNoArguments(this.name, args)
    return async (deps) => {
      const { startRebuild } = await import('@galley/publishing/search/rebuild')
      const id = await startRebuild({ ...operatorCtx(deps), markdown: deps.markdown })
      return id === null
        ? 'The search index is being rebuilt already.'
        : `Job ${id} rebuilds the search index as soon as a worker is free.`
    }
  },
}
