import { expect, test } from 'vitest'
import { concerns, newsText, parseNews } from './news.ts'

const deputy = new Set(['person:teerawat', 'position:deputy'])

test('news is for those who carry one of its tokens, and for nobody else', () => {
  const news = parseNews(newsText(7, ['person:somying', 'position:deputy', 'position:deputy']))
  expect(news).toEqual({ head: 7, tokens: ['person:somying', 'position:deputy'] })
  expect(concerns(news, deputy)).toBe(true)
  expect(concerns(news, new Set(['person:orauma']))).toBe(false)
})

test('news about more people than a notification holds is for everyone, so that nobody is left out', () => {
  const many = Array.from({ length: 400 }, (_, index) => `person:ผู้รับ-${index}`)
  const text = newsText(9, many)
  expect(Buffer.byteLength(text)).toBeLessThan(8000)
  expect(concerns(parseNews(text), new Set(['person:orauma']))).toBe(true)
})

test('news without tokens, and a bare number as an earlier server sends it, are for everyone', () => {
  for (const text of ['12', newsText(12, [])]) {
    expect(parseNews(text)).toEqual({ head: 12, tokens: null })
    expect(concerns(parseNews(text), deputy)).toBe(true)
  }
})
