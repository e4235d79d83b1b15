import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'

/** A folder that programs run in as if it was the whole machine. */
export type Root = { folder: string; env: Record<string, string>; workdir: string }

/** By where they are seen, the files and folders of the machine that are lent. */
type Lent = Record<string, string>

/** What a build needs to reach the registries, as a container's engine provides it. */
const network: Lent = Object.fromEntries(
  ['/etc/resolv.conf', '/etc/hosts', '/etc/ssl/certs']
    .filter((file) => existsSync(file))
    .map((file) => [file, file]),
)

/** Runs a step of a build in it. */
export function build(root: Root, command: string[], caches: Lent): void {
  const script = [mounts(root, { ...network, ...caches }), enter(root, 'chroot')].join('\n')
  execFileSync('unshare', ['--mount', '/bin/sh', '-ec', script, 'sh', ...command], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...root.env, NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt' },
  })
}

/** Starts a command in it as `user`, on a file system that only `/tmp` and what is lent can be written to. */
export function start(
  root: Root,
  command: string[],
  { user, env, lent }: { user: string; env: Record<string, string>; lent: Lent },
): ChildProcess {
  const script = [
    `mount --bind '${root.folder}' '${root.folder}'`,
    `mount -t tmpfs -o mode=1777 tmpfs '${root.folder}/tmp'`,
    mounts(root, lent),
    `mount -o remount,bind,ro '${root.folder}'`,
    enter(root, `chroot --userspec=${user}`),
  ].join('\n')
  return spawn('unshare', ['--mount', '/bin/sh', '-ec', script, 'sh', ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...root.env, ...env },
  })
}

/** Of a namespace of their own: they end with it. */
function mounts({ folder }: Root, lent: Lent): string {
  const binds = Object.entries(lent).map(([seenAt, file]) => {
    const place = path.join(folder, seenAt)
    const made = statSync(file).isDirectory()
      ? `mkdir -p '${place}'`
      : `mkdir -p '${path.dirname(place)}' && touch '${place}'`
    return `test -e '${place}' || { ${made}; }\nmount --bind '${file}' '${place}'`
  })
  return [`mount -t proc proc '${folder}/proc'`, ...binds].join('\n')
}

const enter = ({ folder, workdir }: Root, chroot: string): string =>
  `exec ${chroot} '${folder}' /usr/bin/env --chdir='${workdir}' "$@"`
