import { expect, test } from 'vitest'
import { leftOut } from './leftOut.ts'

test('what was taken whole leaves nothing out, though texts were cleaned and defaults added', () => {
  const input = { type: 'note', text: ' ก ', of: [{ name: 'ข' }, null] }
  expect(leftOut(input, { ...input, text: 'ก', limit: 500 })).toBeUndefined()
})

test('a field that the schema does not know is named by its path', () => {
  const input = { commands: [{ body: { type: 'note' } }, { body: { type: 'note', extra: 1 } }] }
  const parsed = { commands: [{ body: { type: 'note' } }, { body: { type: 'note' } }] }
  expect(leftOut(input, parsed)).toBe('commands.1.body.extra')
  expect(leftOut({ constructor: 1 }, {})).toBe('constructor')
})
