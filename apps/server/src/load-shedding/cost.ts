import type { IncomingMessage } from 'node:http'
import { isPagePath, isTrpcPath, pathOf } from '../paths.ts'

/** A rendered page takes ten times the work of a call. */
const PAGE = 10

/** How much work a request is likely to be, in calls, as far as its address tells. */
export function costOf({ url = '/' }: IncomingMessage): number {
  if (isTrpcPath(url)) return pathOf(url).split(',', PAGE).length
  return isPagePath(url) ? PAGE : 1
}
