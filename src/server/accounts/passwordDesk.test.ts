import { expect, test } from 'vitest'
import { passwordDesk } from './passwordDesk.ts'

test('however many come at once, two are looked at, some hundreds wait and the rest are turned away', async () => {
  const { take } = passwordDesk()
  let working = 0
  let most = 0
  const look = () =>
    take(async () => {
      working += 1
      most = Math.max(most, working)
      await new Promise((done) => setTimeout(done, 1))
      working -= 1
      return 'looked at' as const
    })
  const answers = await Promise.all(Array.from({ length: 1000 }, look))
  expect(most).toBe(2)
  expect(answers.filter((answer) => answer === 'busy')).toHaveLength(1000 - 202)
  expect(await look()).toBe('looked at')
})

test('whoever fails gives the place back', async () => {
  const { take } = passwordDesk()
  const fail = () => take(() => Promise.reject(new Error('no')))
  await Promise.all(Array.from({ length: 5 }, () => expect(fail()).rejects.toThrow('no')))
  expect(await take(async () => 1)).toBe(1)
})
