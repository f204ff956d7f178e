import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkKept } from '../../src/server/keeping/check.ts'
import type { Finding } from '../../src/server/keeping/findings.ts'
import { type KeptServer, openKept } from '../../src/server/keeping/openKept.ts'
import { rebuildProjections } from '../../src/server/keeping/rebuild.ts'
import { importAgencies } from '../../src/server/office/import/importAgencies.ts'
import { importRegister } from '../../src/server/office/import/importRegister.ts'
import { readTable } from '../../src/server/office/import/readTable.ts'
import { SAMPLE_PASSWORD } from '../../src/server/sampleOrganisation.ts'
import type { RunningServer } from '../../src/server/start.ts'
import { registerPageSchema } from '../../src/shared/contract/officeViews.ts'
import { organisationSchema } from '../../src/shared/contract/organisation.ts'
import { sarabanHere } from '../support/cli/saraban.ts'
import { workbook } from '../support/office/workbook.ts'
import {
  acceptedByOffice,
  askSignIn,
  officeCommand,
  signInTo,
  type TestClient,
} from '../support/server/testClient.ts'
import { startTestServer } from '../support/server/testServer.ts'

let server: RunningServer & { readonly dataFolder: string }
let kept: KeptServer
let registry: TestClient
let folder: string
const clock = () => new Date('2026-11-23T03:00:00.000Z')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'saraban-import-'))
  server = await startTestServer({ clock })
  const opened = await openKept({ dataFolder: server.dataFolder, databaseUrl: server.databaseUrl })
  if (!opened.ok) throw new Error(opened.refusal.code)
  kept = opened.value
  registry = await signInTo(server.url, 'pimjai')
})
afterAll(async () => {
  await kept?.close()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

test('a person whom the administrator adds gets an account by the password that is set; the old one ends', async () => {
  const set = (person: string, password: string) =>
    sarabanHere(
      ['server', 'password', person, '--password-env', 'GIVEN', '--data', server.dataFolder, '--json'],
      { GIVEN: password, DATABASE_URL: server.databaseUrl },
    )
  expect(await set('nobody', 'รหัสผ่านยาวพอ')).toMatchObject({ status: 2 })
  expect(await set('orauma', 'สั้น')).toMatchObject({ status: 2 })
  const before = await signInTo(server.url, 'orauma')
  expect(await set('orauma', 'แมวสามตัวนอนหน้าสำนักงาน')).toMatchObject({ status: 0 })
  expect((await before.request('/organisation')).status).toBe(401)
  expect((await askSignIn(server.url, 'orauma', SAMPLE_PASSWORD)).status).toBe(401)
  expect((await askSignIn(server.url, 'orauma', 'แมวสามตัวนอนหน้าสำนักงาน')).status).toBe(200)
})

async function tableOf(name: string, content: string | Buffer) {
  const file = join(folder, name)
  await writeFile(file, content)
  const table = await readTable(file)
  if (!table.ok) throw new Error(table.refusal.code)
  return table.value
}

async function bring(
  content: string | Buffer,
  registerId: string,
  rest: { dryRun?: boolean; year?: number } = {},
) {
  const table = await tableOf('register', content)
  const order = { table, registerId, year: rest.year, dryRun: rest.dryRun ?? false }
  const imported = await importRegister({ database: kept.database, clock }, order)
  if (!imported.ok) throw new Error(imported.refusal.code)
  return imported.value
}

const codes = ({ found }: { found: readonly { code: string }[] }) => found.map(({ code }) => code)

async function entries(registerId: string, year: number) {
  const answer = await registry.request(`/registers/${registerId}/entries?year=${year}&limit=500`)
  return registerPageSchema.parse(await answer.json()).entries
}

async function check(): Promise<Finding[]> {
  const found: Finding[] = []
  await checkKept(kept, { fast: true }, (finding) => found.push(finding))
  return found
}

/** แบบที่ 13 as an older program printed it: a title, headings, the day above its rows, Thai digits. */
const receiveRegister = [
  'ทะเบียนหนังสือรับ,,,,,,,',
  'เลขทะเบียนรับ,ที่,ลงวันที่,จาก,ถึง,เรื่อง,การปฏิบัติ,หมายเหตุ',
  'วันที่ ๑๗ เดือน กันยายน พ.ศ. ๒๕๖๘,,,,,,,',
  '๑,กค ๐๔๐๒/๑๒,๑๕ ก.ย. ๒๕๖๘,กรมบัญชีกลาง,เลขาธิการ,"ซ้อมความเข้าใจ, การเบิกจ่าย",ส่ง สำนักกฎหมาย ๑๘ ก.ย. ๖๘,',
  '๒,สธ ๐๒๐๑/๗๗,15/9/68,กระทรวงสาธารณสุข,เลขาธิการ,ขอเชิญประชุม,,ด่วน',
  'เลขทะเบียนรับ,ที่,ลงวันที่,จาก,ถึง,เรื่อง,การปฏิบัติ,หมายเหตุ',
  '๕/๒๕๖๘,-,ไม่ระบุ,นายสมชาย ใจดี,เลขาธิการ,ขอข้อมูลข่าวสาร,,',
].join('\r\n')

test('a register of an older system is taken over with its numbers, days and what was done', async () => {
  const tried = await bring(receiveRegister, 'receive-registry', { dryRun: true })
  expect(tried).toMatchObject({ buddhistYear: 2568, entries: 3, imported: 0 })
  expect(codes(tried).toSorted()).toEqual(['letter-date-unreadable', 'serials-missing'])
  expect(await entries('receive-registry', 2568)).toEqual([])

  expect(await bring(receiveRegister, 'receive-registry')).toMatchObject({ imported: 3 })
  const rows = await entries('receive-registry', 2568)
  expect(rows.map(({ serial }) => serial)).toEqual([1, 2, 5])
  expect(rows[0]).toMatchObject({
    ...{ date: '2025-09-17', from: 'กรมบัญชีกลาง', senderNumber: 'กค ๐๔๐๒/๑๒', senderDate: '2025-09-15' },
    ...{ to: 'เลขาธิการ', subject: 'ซ้อมความเข้าใจ, การเบิกจ่าย', letterId: null, state: 'issued' },
    practice: [{ kind: 'written', text: 'ส่ง สำนักกฎหมาย ๑๘ ก.ย. ๖๘' }],
  })
  expect(rows[1]).toMatchObject({ senderDate: '2025-09-15', remarks: 'ด่วน' })
  expect(rows[2]).toMatchObject({ senderDate: null, remarks: 'ลงวันที่ ไม่ระบุ' })
})

test('what was imported passes the check, comes back in a rebuild, and cannot be imported twice', async () => {
  expect(await check()).toEqual([])
  await kept.database.deleteFrom('registerEntry').where('buddhistYear', '=', 2568).execute()
  expect((await check()).length).toBeGreaterThan(0)
  await rebuildProjections(kept.database, () => undefined)
  expect(await check()).toEqual([])
  const again = await bring(receiveRegister, 'receive-registry')
  expect(again.imported).toBe(0)
  expect(codes(again).filter((code) => code === 'serial-taken')).toHaveLength(3)
})

test('numbers go on after the highest that was imported, and none is given twice', async () => {
  const sent = [
    ['เลขทะเบียนส่ง', 'ที่', 'ลงวันที่', 'จาก', 'ถึง', 'เรื่อง', 'การปฏิบัติ', 'หมายเหตุ'],
    [1, 'สปสช 1.02/1', '๕ มกราคม ๒๕๖๙', '', 'กรมบัญชีกลาง', 'ส่งรายงาน', '', ''],
    [2, 'สปสช 1.02/2', '6 ม.ค. 69', '', 'กระทรวงสาธารณสุข', 'ตอบข้อหารือ', '', ''],
  ]
  expect(await bring(workbook(sent), 'send-registry')).toMatchObject({ buddhistYear: 2569, imported: 2 })
  const [event] = acceptedByOffice(
    (
      await registry.office(
        officeCommand({
          type: 'reserve-number',
          registerId: 'send-registry',
          owner: 'ผอ.',
          reason: 'รอลงนาม',
        }),
      )
    )[0],
  )
  expect(event?.body).toMatchObject({ serial: 3, buddhistYear: 2569 })
  expect(await entries('send-registry', 2569)).toMatchObject([
    { serial: 1, number: 'สปสช 1.02/1', date: '2026-01-05', to: 'กรมบัญชีกลาง' },
    { serial: 2, number: 'สปสช 1.02/2', date: '2026-01-06' },
    { serial: 3, state: 'reserved' },
  ])
  expect(await check()).toEqual([])
})

test('Windows-874, as Excel writes Thai, is read as well', async () => {
  const thai = 'เลขทะเบียนรับ;วันที่;ที่;จาก;เรื่อง\n1;2/1/2567;กค 1;กรมบัญชีกลาง;ขอเชิญประชุม\n'
  const bytes = Buffer.from(
    [...thai].map((character) => {
      const code = character.charCodeAt(0)
      return code >= 0x0e00 ? code - 0x0e00 + 0xa0 : code
    }),
  )
  expect(await bring(bytes, 'receive-registry', { dryRun: true })).toMatchObject({
    ...{ buddhistYear: 2567, entries: 1, found: [] },
  })
})

test('one row that is wrong keeps the whole register out, and each is named by its row', async () => {
  const wrong = [
    'เลขทะเบียนรับ,วันที่,ที่,จาก,ถึง,เรื่อง',
    '1,1/2/2566,ก 1,ผู้ส่ง,เลขาธิการ,เรื่องหนึ่ง',
    '1,2/2/2566,ก 2,ผู้ส่ง,เลขาธิการ,เรื่องสอง',
    'ไม่มีเลข,3/2/2566,ก 3,ผู้ส่ง,เลขาธิการ,เรื่องสาม',
    '4,31/2/2566,ก 4,ผู้ส่ง,เลขาธิการ,เรื่องสี่',
    '5,1/1/2567,ก 5,ผู้ส่ง,เลขาธิการ,เรื่องห้า',
    '6,5/2/2566,ก 6,ผู้ส่ง,เลขาธิการ,',
    '7,5/2/2599,ก 7,ผู้ส่ง,เลขาธิการ,เรื่องเจ็ด',
  ].join('\n')
  const result = await bring(wrong, 'receive-registry')
  expect(result.imported).toBe(0)
  expect(result.found.map(({ code, detail }) => [code, detail.row])).toEqual([
    ['serial-twice', 3],
    ['serial-unreadable', 4],
    ['date-unreadable', 5],
    ['year-differs', 6],
    ['text-unfit', 7],
    ['date-in-future', 8],
  ])
  expect(await entries('receive-registry', 2566)).toEqual([])
})

test('DGA’s list becomes the address book: new agencies, changed mailboxes, and those without one', async () => {
  const list = (mailbox: string) =>
    [
      'ลำดับ,ชื่อหน่วยงาน,อีเมล',
      `1,กรมตัวอย่างหนึ่ง,${mailbox}`,
      '2,กรมตัวอย่างสอง,-',
      '3,กรมตัวอย่างสาม,ไม่ใช่อีเมล',
      '4,กรมตัวอย่างสี่,info@four.example',
    ].join('\n')
  const parts = { database: kept.database, clock }
  const bringList = async (mailbox: string, dryRun = false) => {
    const imported = await importAgencies(parts, {
      table: await tableOf('agencies.csv', list(mailbox)),
      dryRun,
    })
    if (!imported.ok) throw new Error(imported.refusal.code)
    return imported.value
  }
  const agency = async () => {
    const whole = organisationSchema.parse(await (await registry.request('/organisation')).json())
    return whole.agencies.find(({ name }) => name === 'กรมตัวอย่างหนึ่ง')
  }
  expect(await bringList('Saraban@one.example', true)).toMatchObject({ added: 3 })
  expect(await agency()).toBeUndefined()
  const first = await bringList('Saraban@one.example')
  expect(first).toMatchObject({ added: 3, updated: 0 })
  expect(codes(first)).toEqual(['mailbox-missing', 'mailbox-unreadable', 'mailbox-not-central'])
  const before = await agency()
  expect(before).toMatchObject({ mailbox: 'saraban@one.example', source: 'dga' })
  expect(await bringList('saraban@one.example')).toMatchObject({ added: 0, updated: 0, unchanged: 3 })
  expect(await bringList('saraban2@one.example')).toMatchObject({ added: 0, updated: 1, unchanged: 2 })
  expect(await agency()).toEqual({ ...before, mailbox: 'saraban2@one.example' })
})

test('what is no table, or has no headings, is refused', async () => {
  const file = join(folder, 'broken.xlsx')
  await writeFile(file, Buffer.from('PK\x03\x04 broken', 'latin1'))
  expect(await readTable(file)).toMatchObject({ ok: false, refusal: { code: 'table-unreadable' } })
  expect(await readTable(folder)).toMatchObject({ ok: false, refusal: { code: 'file-unreadable' } })
  const table = await tableOf('other.csv', 'ก,ข\n1,2\n')
  const order = { table, registerId: 'receive-registry', year: undefined, dryRun: true }
  expect(await importRegister({ database: kept.database, clock }, order)).toMatchObject({
    refusal: { code: 'table-headings' },
  })
})

test('the command line tells each remark on a line, then sums up; a dry run writes nothing', async () => {
  const file = join(folder, 'ทะเบียนรับ.csv')
  await writeFile(
    file,
    'เลขทะเบียนรับ,วันที่,ที่,จาก,เรื่อง\n1,2/1/2565,กค 1,กรมบัญชีกลาง,ขอเชิญ\n3,3/1/2565,กค 2,กรมบัญชีกลาง,ตอบ\n',
  )
  const place = ['--data', server.dataFolder, '--json']
  const env = { DATABASE_URL: server.databaseUrl }
  const order = [
    'server',
    'import-register',
    file,
    '--register',
    'receive-registry',
    '--year',
    '2565',
    ...place,
  ]
  const tried = await sarabanHere([...order, '--dry-run'], env)
  expect(tried.status).toBe(0)
  expect(tried.lines()).toEqual([
    { finding: 'serials-missing', severity: 'warning', from: 2, to: 2 },
    { year: 2565, entries: 2, imported: 0, dryRun: true, findings: 1 },
  ])
  expect((await sarabanHere(order, env)).lines().at(-1)).toMatchObject({ imported: 2 })
  const again = await sarabanHere(order, env)
  expect(again.status).toBe(1)
  expect(again.lines()).toContainEqual({ finding: 'serial-taken', severity: 'error', row: 2, serial: 1 })
  const unknown = await sarabanHere(
    ['server', 'import-register', file, '--register', 'nowhere', ...place],
    env,
  )
  expect([unknown.status, unknown.json().code]).toEqual([2, 'organisation-unknown-id'])
  const agencies = await sarabanHere(['server', 'import-agencies', file, ...place], env)
  expect([agencies.status, agencies.json().code]).toEqual([2, 'table-headings'])
})
