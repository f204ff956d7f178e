import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { paced } from './paced.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('the first news goes out at once, a burst after it as one, and the last of it is never lost', () => {
  const told: number[] = []
  const news = paced<number>(200, (head) => told.push(head))
  for (const head of [1, 2, 3]) news.tell(head)
  expect(told).toEqual([1])
  vi.advanceTimersByTime(200)
  expect(told).toEqual([1, 3])
  news.tell(4)
  vi.advanceTimersByTime(199)
  expect(told).toEqual([1, 3])
  vi.advanceTimersByTime(1)
  expect(told).toEqual([1, 3, 4])
  vi.advanceTimersByTime(1000)
  news.tell(5)
  expect(told).toEqual([1, 3, 4, 5])
})

test('what still waits when the stream closes is told to nobody', () => {
  const told: number[] = []
  const news = paced<number>(200, (head) => told.push(head))
  news.tell(1)
  news.tell(2)
  news.stop()
  vi.advanceTimersByTime(1000)
  expect(told).toEqual([1])
})
