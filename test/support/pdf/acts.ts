import fc from 'fast-check'
import type { Rectangle } from '../../../src/pdf/geometry.ts'
import { type Inspection, inspect } from '../../../src/pdf/inspect.ts'
import type { PermittedChanges } from '../../../src/pdf/signature/fieldLock.ts'
import type { Mark } from '../../../src/pdf/stamp.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'
import type { WantedAlgorithm } from '../../../src/signing/cms/algorithm.ts'
import { extendPdf } from '../../../src/signing/extend.ts'
import { stampPdf } from '../../../src/signing/stampPdf.ts'
import type { PersonAsked } from '../pki/authority.ts'
import { signWithKey } from '../pki/keys.ts'
import { accepted, type ServedOffice } from './office.ts'

/** Who signs: one person for each kind of key. */
export const signers: readonly PersonAsked[] = [
  { name: 'นางสาวน้ำทิพย์ กตัญญูรู้คุณ', email: 'namthip@nhso.example', key: 'rsa-2048' },
  { name: 'นายปรีชา วงศ์สาม', email: 'preecha@nhso.example', key: 'ec-p256' },
  { name: 'นายแพทย์ธีรวัฒน์ ศรีสุขสันต์', email: 'theerawat@nhso.example', key: 'ec-p384' },
]

/** Something somewhere on some page: parts of the page's size, and of the number of pages, from 0 to 1. */
interface Spot {
  readonly page: number
  readonly x: number
  readonly y: number
}

interface MarkAct {
  readonly kind: 'number' | 'order' | 'receiveStamp' | 'ink' | 'highlight'
  readonly spot: Spot
}

/** What may be done to a file, told without knowing the file. */
export type Act =
  | { readonly act: 'mark'; readonly marks: readonly MarkAct[] }
  | {
      readonly act: 'sign'
      readonly signer: number
      readonly wanted: WantedAlgorithm
      readonly block: Spot | null
      readonly marks: readonly MarkAct[]
      readonly certifies: PermittedChanges | null
    }
  | { readonly act: 'extend'; readonly level: 'B-T' | 'B-LT' | 'B-LTA' }
  | { readonly act: 'sign by poppler' }

const fraction = fc.integer({ min: 0, max: 20 }).map((part) => part / 20)
const spot: fc.Arbitrary<Spot> = fc.record({ page: fraction, x: fraction, y: fraction })
const markAct: fc.Arbitrary<MarkAct> = fc.record({
  kind: fc.constantFrom('number', 'order', 'receiveStamp', 'ink', 'highlight'),
  spot,
})

const signAct: fc.Arbitrary<Act> = fc.record({
  act: fc.constant('sign' as const),
  signer: fc.nat({ max: signers.length - 1 }),
  wanted: fc.constantFrom<WantedAlgorithm>({}, {}, { digest: 'sha384' }, { digest: 'sha512' }, { pss: true }),
  block: fc.option(spot, { nil: null }),
  marks: fc.array(markAct, { maxLength: 2 }),
  certifies: fc.option(fc.constantFrom<PermittedChanges>(1, 2, 3), { nil: null, freq: 6 }),
})

/** Whether it is a signature with RSASSA-PSS, which RSA keys alone can make. */
export const isPss = (act: Act): boolean =>
  act.act === 'sign' && act.wanted.pss === true && signers[act.signer]?.key === 'rsa-2048'

/** One act, signatures as often as marks; poppler signs now and then, and evidence is added. */
export const anyAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('mark' as const),
      marks: fc.array(markAct, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 4, arbitrary: signAct },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('sign by poppler' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('extend' as const),
      level: fc.constantFrom('B-T', 'B-LT', 'B-LTA'),
    }),
  },
)

const writtenAt = new Date('2026-09-16T08:42:00Z')

function placeOf({ page, x, y }: Spot, pages: Inspection['pages'], width: number, height: number) {
  const number = 1 + Math.round(page * (pages.length - 1))
  const shown = pages[number - 1]!
  const place: Rectangle = {
    x: x * Math.max(0, shown.width - width),
    y: y * Math.max(0, shown.height - height),
    width: Math.min(width, shown.width),
    height: Math.min(height, shown.height),
  }
  return { page: number, place }
}

function markOf({ kind, spot: at }: MarkAct, pages: Inspection['pages'], name: string): Mark {
  const { page, place } = placeOf(at, pages, 220, kind === 'order' ? 150 : 72)
  switch (kind) {
    case 'number':
      return { name, page, place, lines: ['สปสช ๕.๓๐/๑๒๔๗', '๑๖ กันยายน ๒๕๖๙'], fontSize: 14 }
    case 'order':
      return {
        kind: 'endorsement',
        name,
        page,
        place,
        text: 'อนุมัติ มอบผู้เกี่ยวข้องดำเนินการ',
        signerName: 'นางสาวปิ่นน้ำ กตัญญู',
        signerPosition: 'รองเลขาธิการ',
        writtenAt,
        color: 'pen',
      }
    case 'receiveStamp':
      return {
        kind: 'receiveStamp',
        name,
        page,
        place,
        agency: 'สำนักงานหลักประกันสุขภาพแห่งชาติ',
        number: '5432/2569',
        receivedAt: writtenAt,
        color: 'red',
      }
    case 'ink':
      return { kind: 'ink', name, page, width: 2, strokes: [strokeIn(place)], color: 'pen' }
    case 'highlight':
      return { kind: 'highlight', name, page, places: [place], text: 'อนุมัติ' }
  }
}

const strokeIn = ({ x, y, width, height }: Rectangle) =>
  Array.from({ length: 20 }, (_, step) => ({
    x: x + (width * step) / 19,
    y: y + height * (0.5 + 0.4 * Math.sin(step / 3)),
  }))

/** Does an act to a file, as the program would. `step` tells marks of different acts apart. */
export async function perform(
  office: ServedOffice,
  bytes: Uint8Array,
  act: Act,
  step: number,
): Promise<Outcome<Uint8Array>> {
  if (act.act === 'sign by poppler') return { ok: true, value: await office.signByPoppler(bytes) }
  if (act.act === 'extend') return await extendPdf(bytes, { ...office, level: act.level })
  const { pages } = accepted(await inspect(bytes))
  const marks = act.marks.map((mark, index) => markOf(mark, pages, `${mark.kind}:${step}.${index}`))
  if (act.act === 'mark') return await stampPdf(bytes, marks)
  const signer = signers[act.signer]!
  const wanted = { ...act.wanted, pss: isPss(act) }
  const block =
    act.block === null
      ? {}
      : { block: { ...placeOf(act.block, pages, 200, 80), lines: [signer.name, 'ผู้อำนวยการสำนักกฎหมาย'] } }
  const certifies = act.certifies === null ? {} : { certifies: act.certifies }
  return await signWithKey(office.pki, act.signer, bytes, { ...block, ...certifies, marks }, wanted)
}
