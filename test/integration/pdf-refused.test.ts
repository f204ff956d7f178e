import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findPlaces } from '../../src/pdf/places/places.ts'
import { stamp } from '../../src/pdf/stamp.ts'
import * as form from '../support/pdf/forms.ts'
import * as odd from '../support/pdf/oddForms.ts'
import { type Office, openOffice } from '../support/pdf/office.ts'
import { greatNumbers } from '../support/pdf/sectionForms.ts'
import { signWithKey } from '../support/pki/keys.ts'

let office: Office

beforeAll(() => {
  office = openOffice([{ name: 'นางสาวน้ำทิพย์ กตัญญูรู้คุณ', email: 'namthip@nhso.example', key: 'rsa-2048' }])
})

afterAll(() => office.close())

describe('what cannot be appended to is refused', () => {
  const refused = async (bytes: Uint8Array): Promise<unknown[]> => {
    const mark = { name: 'number', page: 1, place: { x: 60, y: 60 }, lines: ['๑'], fontSize: 12 }
    const outcomes = [await stamp(bytes, [mark]), await signWithKey(office.pki, 0, bytes)]
    return outcomes.map((outcome) => (outcome.ok ? 'accepted' : outcome.refusal.code))
  }

  test.each<[string, () => Promise<Uint8Array> | Uint8Array, string]>([
    [
      'a file that is locked, though anybody may open it',
      async () => form.encrypted(await form.memoFile()),
      'file-encrypted',
    ],
    ['an XFA form, whose pages other readers do not show', odd.xfaForm, 'file-form-unsettled'],
    ['a wrong startxref', () => odd.wrongStart(3), 'file-damaged'],
    [
      'object numbers beyond what readers take (ISO 32000-1, Annex C)',
      () => greatNumbers(10_000_000),
      'file-damaged',
    ],
    ['a startxref before its section', () => odd.wrongStart(-7), 'file-damaged'],
  ])('%s', async (_, make, code) => {
    const bytes = await make()
    expect(await refused(bytes)).toEqual([code, code])
    if (code !== 'file-form-unsettled')
      expect(await findPlaces(bytes)).toEqual({ ok: false, refusal: { code } })
  })

  test.each<[string, () => Uint8Array]>([
    ['names an object that it may get by what is appended', odd.danglingReference],
    ['has an object that cannot be read', odd.unreadableObject],
  ])('a file that %s is not signed, for nobody could tell later additions from changes', async (_, make) => {
    expect(await refused(make())).toEqual(['accepted', 'file-damaged'])
  })

  test('a form whose filled fields every reader draws for itself is not signed', async () => {
    expect(await refused(odd.needingAppearances(false))).toEqual(['accepted', 'file-form-unsettled'])
  })
})
