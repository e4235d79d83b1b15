import { siteSettings } from '@galley/db/schema'
import { randomUUIDv7 } from 'node:crypto'
import {
  admins,
  adminsScoped,
  nobodyElse,
  row,
  signedIn,
  signedInPersonToWrite,
  signedInScoped,
  type Row,
} from '../row.ts'

const notOthers = nobodyElse('job/not-found')

const failed = () => ({ queue: 'mail.send', id: randomUUIDv7() })

/** Jobs, settings, the audit log, and what happens meanwhile. */
export const rows: Row[] = [
  row(
    'live.watch',
    { ...signedInScoped, otherwise: 'ok' },
    () => ({ topics: [{ me: true }] }),
    'what concerns oneself',
  ),
  row(
    'jobs.get',
    {
      ...signedInScoped,
      ...notOthers,
      readerToken: 'job/not-found',
      adminToken: 'job/not-found',
      otherwise: 'ok',
    },
    (world) => world.job(),
  ),
  row('jobs.list', { ...signedInScoped, otherwise: 'ok' }, () => ({})),
  row('jobs.cancel', { ...signedInPersonToWrite, ...notOthers, otherwise: 'ok' }, (world) =>
    world.job(),
  ),
  row('jobs.queues', { ...admins, otherwise: 'ok' }),
  row('jobs.listFailed', { ...admins, otherwise: 'ok' }, () => ({})),
  row('jobs.retry', { ...admins, otherwise: 'job/not-found' }, failed),
  row('jobs.discard', { ...admins, otherwise: 'job/not-found' }, failed),
  row('health.get', adminsScoped),
  row('settings.get', adminsScoped),
  row('settings.update', adminsScoped, async ({ db }) => {
    await db.delete(siteSettings)
    return { version: 'any', name: 'Another' }
  }),
  row('settings.setMaintenance', { ...admins, otherwise: 'ok' }, () => ({ on: false })),
  row('audit.list', { ...admins, otherwise: 'ok' }, () => ({})),
  row('audit.mine', { ...signedIn, otherwise: 'ok' }, () => ({})),
]
