import { CONTRACT_HEADER, isBreakingSkew } from '@galley/contract/skew'
import { notify } from './notify.ts'

/** A `fetch` that calls `notice` once when a response comes from a server whose API these pages were not built for. */
export function watchContract(send: typeof fetch, notice: () => void): typeof fetch {
  let isNoticed = false
  return async (input, init) => {
    const response = await send(input, init)
    if (!isNoticed && isBreakingSkew(response.headers.get(CONTRACT_HEADER))) {
      isNoticed = true
      notice()
    }
    return response
  }
}

/** Pages that were open while Galley was updated may fail; what is typed in them is not thrown away unasked. */
export const offerReload = () =>
  void notify({
    title: 'Galley has been updated',
    description: 'Save what you are writing, then reload the page.',
    action: { label: 'Reload', run: () => location.reload() },
  })
