import { Agent, request } from 'node:http'

export type Load = { url: string; requests: number; connections: number }

/** Sends so many requests over so many connections, each after the answer to the one before; gives the waits in ms. */
export async function load({ url, requests, connections }: Load): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const waits: number[] = []
  let left = requests
  const run = async () => {
    while (left-- > 0) {
      const started = performance.now()
      await get(url, agent)
      waits.push(performance.now() - started)
    }
  }
  await Promise.all(Array.from({ length: connections }, run))
  agent.destroy()
  return waits
}

const get = (url: string, agent: Agent) =>
  new Promise<void>((resolve, reject) => {
    request(url, { agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`Status ${response.statusCode}`))
      response.resume().once('end', resolve)
    })
      .once('error', reject)
      .end()
  })
