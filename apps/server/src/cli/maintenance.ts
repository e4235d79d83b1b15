import { operatorCtx, takesNoArguments, type Command } from './command.ts'

/** For when nobody is to see the site, or no admin can sign in to say so. */
export const beginMaintenance: Command = {
  name: 'maintenance on',
  about: 'maintenance on has all servers serve admins alone within 5 s: others get 503.',
  create: (args) => change('maintenance on', args, true),
}

export const endMaintenance: Command = {
  name: 'maintenance off',
  about: 'maintenance off has them serve everybody again.',
  create: (args) => change('maintenance off', args, false),
}

function change(name: string, args: string[], on: boolean): ReturnType<Command['create']> {
  takesNoArguments(name, args)
  return async (deps) => {
    const { setMaintenance } = await import('@galley/platform/settings/maintenance')
    await setMaintenance(operatorCtx(deps), { on })
    return on ? 'Only admins are served now.' : 'Everybody is served now.'
  }
}
