import { expect, test } from 'vitest'
import { describeDrivers, itemAt, testClock, type CreateDrivers } from '../test/drivers.ts'

const minute = { key: 'someone', quota: 100, windowSeconds: 60 }
const demand = (least: number, most = least) => ({ ...minute, least, most })

describeDrivers('window counters', (create) => {
  test('gives what is free: as much as asked for, what there is, or nothing', async () => {
    const { counters } = await one(create)
    expect(await counters.take(demand(30))).toMatchObject({ granted: 30, current: 30, previous: 0 })
    expect(await counters.take(demand(1, 50))).toMatchObject({ granted: 50, current: 80 })
    expect(await counters.take(demand(1, 50))).toMatchObject({ granted: 20, current: 100 })
    expect(await counters.take(demand(1, 50))).toMatchObject({ granted: 0, current: 100 })
  })

  test('a refusal counts nothing', async () => {
    const { counters } = await one(create)
    await counters.take(demand(90))
    expect(await counters.take(demand(11))).toMatchObject({ granted: 0, current: 90 })
    expect(await counters.take(demand(10))).toMatchObject({ granted: 10, current: 100 })
  })

  test('what no quota holds is refused from the first', async () => {
    const { counters } = await one(create)
    expect(await counters.take(demand(101))).toMatchObject({ granted: 0, current: 0 })
    expect(await counters.take(demand(1, 500))).toMatchObject({ granted: 100 })
  })

  test('keys do not share', async () => {
    const { counters } = await one(create)
    await counters.take(demand(100))
    expect(await counters.take({ ...demand(100), key: 'other' })).toMatchObject({ granted: 100 })
  })

  test('the window slides: the one before counts with what is left of it', async () => {
    const clock = testClock()
    const { counters } = await one(create, clock)
    expect(await counters.take(demand(100))).toMatchObject({ elapsedSeconds: 0 })
    clock.advance(59.999)
    expect((await counters.take(demand(1))).granted).toBe(0)
    clock.advance(0.001)
    expect((await counters.take(demand(1))).granted).toBe(0)
    clock.advance(15)
    expect(await counters.take(demand(1, 100))).toEqual({
      granted: 25,
      current: 25,
      previous: 100,
      elapsedSeconds: 15,
    })
    clock.advance(15)
    expect((await counters.take(demand(1, 100))).granted).toBe(25)
    clock.advance(30)
    expect(await counters.take(demand(1, 100))).toMatchObject({ granted: 50, previous: 50 })
  })

  test('after two windows without a unit the count starts from zero', async () => {
    const clock = testClock()
    const { counters } = await one(create, clock)
    await counters.take(demand(100))
    clock.advance(120)
    const whole = { granted: 100, current: 100, previous: 0, elapsedSeconds: 0 }
    expect(await counters.take(demand(1, 100))).toEqual(whole)
  })

  test('a clock that goes back frees nothing', async () => {
    const clock = testClock()
    const { counters } = await one(create, clock)
    await counters.take(demand(60))
    clock.advance(-3600)
    expect(await counters.take(demand(1, 100))).toMatchObject({ granted: 40, elapsedSeconds: 0 })
    clock.advance(59)
    expect(await counters.take(demand(1))).toMatchObject({ granted: 0, elapsedSeconds: 59 })
  })

  test('a clock that goes back holds nobody up for longer than two windows', async () => {
    const clock = testClock()
    const { counters } = await one(create, clock)
    await counters.take(demand(100))
    clock.advance(-3600)
    expect(await counters.take(demand(1))).toMatchObject({ granted: 0 })
    clock.advance(120)
    expect(await counters.take(demand(1, 100))).toMatchObject({ granted: 100 })
  })

  test('runs on the clock of the store', async () => {
    const { counters } = await one(create)
    await counters.take(demand(1))
    const { elapsedSeconds } = await counters.take(demand(1))
    expect(elapsedSeconds).toBeGreaterThanOrEqual(0)
    expect(elapsedSeconds).toBeLessThan(5)
  })

  test('IN5 many at once from several processes: exactly the quota', async () => {
    const drivers = await create({ count: 3 })
    const taken = await Promise.all(
      Array.from({ length: 240 }, (_, at) => itemAt(drivers, at % 3).counters.take(demand(1))),
    )
    expect(taken.filter(({ granted }) => granted === 1)).toHaveLength(100)
  })
})

async function one(create: CreateDrivers, clock?: ReturnType<typeof testClock>) {
  return itemAt(await create({ now: clock?.now }), 0)
}
