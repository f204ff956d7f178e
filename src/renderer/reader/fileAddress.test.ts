import { expect, it } from 'vitest'
import { fileAddress } from './fileAddress.ts'

it('a kept file is read from the page’s own origin by its hash', () => {
  const sha256 = 'ab'.repeat(32)
  expect(fileAddress(sha256)).toBe(`/file/${sha256}`)
})
