import { archiveArticle } from '@galley/publishing/articles/archive'
import { createArticle } from '@galley/publishing/articles/create'
import { deleteArticle } from '@galley/publishing/articles/delete'
import { publishArticle } from '@galley/publishing/articles/publish'
import { requestReview, sendBackArticle } from '@galley/publishing/articles/review'
import { scheduleArticle } from '@galley/publishing/articles/schedule'
import { createReviewNote } from '@galley/publishing/review-notes/create'
import type { AuthedCtx } from '@galley/publishing/ctx'

type As = (username: string, at: Date) => AuthedCtx

const version = 'any'
const day = 24 * 60 * 60 * 1000
const begun = new Date('2026-11-16T09:00:00Z')
const later = (hours: number) => new Date(begun.getTime() + hours * 60 * 60 * 1000)

/** An article in each status that is neither draft nor published, with what was said in its review, and one in the trash. */
export async function addArticlesOnTheirWay(as: As): Promise<void> {
  await addInReview(as)
  await addSentBack(as)
  await addScheduled(as)
  await addArchived(as)
  const { id } = await createArticle(as('jonas-lind', begun), {
    title: 'Indexes I have regretted',
    body: 'A list that became longer than the article.',
    tags: ['databases'],
  })
  await deleteArticle(as('jonas-lind', later(30)), { id })
}

async function addInReview(as: As) {
  const author = 'aiko-tanabe'
  const { id } = await createArticle(as(author, begun), {
    title: 'Names for things that do not exist yet',
    description: 'What a museum catalogue taught me about placeholder types.',
    body: 'Every object that enters the museum gets a number before it gets a name. For some weeks it is *1907.4 b*, and nobody is confused.\n\nA type that is named too early is harder to correct than one that waits for its second user.',
    tags: ['typescript', 'libraries'],
  })
  const note = 'I am not sure of the second half: is the museum still in it?'
  await requestReview(as(author, later(1)), { id, version, note })
  const notes = [
    ['petra-novak', 'It is, but it comes back late. Could the number return at the end?'],
    [author, 'Good idea. I will try it with the inventory card.'],
  ] as const
  for (const [index, [by, body]] of notes.entries()) {
    await createReviewNote(as(by, later(3 + index)), { articleId: id, body })
  }
}

async function addSentBack(as: As) {
  const { id } = await createArticle(as('david-oyelaran', begun), {
    title: 'The hospital that looked worse because it was better',
    description: 'On a league table, and whom it leaves out.',
    body: 'The ward with the most reported errors was the one in which people dared to report them.',
    tags: ['statistics'],
  })
  await requestReview(as('david-oyelaran', later(2)), { id, version })
  const reason = 'The table is missing, and the argument rests on it. Please add the figures.'
  await sendBackArticle(as('petra-novak', later(26)), { id, version, reason })
}

async function addScheduled(as: As) {
  const { id } = await createArticle(as('lena-brandt', begun), {
    title: 'Putting a boat to bed',
    description: 'The winter list, in the order in which things freeze.',
    body: 'Water first: engine, tanks, pump, and the one hose that everybody forgets. Then everything that holds a smell.',
    tags: ['sailing'],
  })
  const soon = (Math.floor(Date.now() / day) + 3) * day + 6 * 60 * 60 * 1000
  const time = { at: new Date(soon).toISOString(), zone: 'Europe/Berlin' }
  await scheduleArticle(as('lena-brandt', later(4)), { id, version, action: 'publish', ...time })
}

async function addArchived(as: As) {
  const published = new Date('2025-12-10T07:30:00Z')
  const { id } = await createArticle(as('samuel-adeyemi', published), {
    title: 'The winter timetable of line 12',
    description: 'What changes on Sunday, and why your stop moved.',
    body: 'From Sunday the bus leaves four minutes earlier, so that it meets the train that it has missed since September.',
    tags: ['transport'],
  })
  await publishArticle(as('samuel-adeyemi', published), { id, version })
  await archiveArticle(as('samuel-adeyemi', begun), { id, version })
}
