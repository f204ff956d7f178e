import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeDurably } from './account/durableFile.ts'
import { refusingDiskFaults } from './diskFaults.ts'

const failing = (code: string) => async () => {
  throw Object.assign(new Error('the write failed'), { code })
}

test.each([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['SQLITE_FULL', 'disk-full'],
  ['EROFS', 'disk-unwritable'],
  ['EACCES', 'disk-unwritable'],
  ['SQLITE_READONLY_DBMOVED', 'disk-unwritable'],
  ['SQLITE_CANTOPEN', 'disk-unwritable'],
])('a write that fails with %s is refused with %s', async (fault, code) => {
  expect(await refusingDiskFaults(failing(fault))).toEqual({ ok: false, refusal: { code } })
})

test('any other failure is a bug and stays one', async () => {
  await expect(refusingDiskFaults(failing('SQLITE_CORRUPT'))).rejects.toThrow('the write failed')
})

test('a write that breaks off leaves nothing behind that keeps the disk full', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'full-'))
  const parts = async function* () {
    yield Buffer.from('ครึ่งแรก')
    await failing('ENOSPC')()
  }
  await expect(writeDurably(join(folder, 'file'), parts())).rejects.toThrow()
  expect(await readdir(folder)).toEqual([])
  await rm(folder, { recursive: true })
})
