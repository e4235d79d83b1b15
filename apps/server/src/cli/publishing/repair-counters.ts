import { operatorCtx, takesNoArguments, type Command } from '../command.ts'

/** For rows that were changed past the triggers, by a restore of single tables for example. */
export const repairCounters: Command = {
  name: 'counters repair',
  about:
    'counters repair counts favourites, comments and tags of all articles again, and reads their bylines; the server may run.',
  create(args) {
    takesNoArguments(this.name, args)
    return async (deps) => {
      const { repairCounts } = await import('@galley/publishing/articles/repair-counts')
      const { articles, bylines, tags } = await repairCounts({
        ...operatorCtx(deps),
        markdown: deps.markdown,
      })
      return `Repaired: ${counted(articles, 'article')}, ${counted(bylines, 'byline')}, ${counted(tags, 'tag')}.`
    }
  },
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`
