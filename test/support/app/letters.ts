import type { Page } from '@playwright/test'
import type { SarabanBridge } from '../../../src/shared/contract/ipc.ts'

/** A letter that a test needs as its starting point. */
export interface LetterAsked {
  readonly subject: string
  /** The id of the position that it is proposed to. */
  readonly to: string
}

/** Drafts and proposes a memo through the bridge, as the screens do; returns the letter's id. */
export const proposeMemo = (page: Page, asked: LetterAsked): Promise<string> =>
  page.evaluate(async ({ subject, to }) => {
    const { saraban } = window as unknown as { saraban: SarabanBridge }
    const addressee = 'รองเลขาธิการ'
    const memo = await saraban.call('files.compose-memo', {
      subject,
      addressee,
      paragraphs: ['ด้วย สำนักบริหารงบกองทุนมีความประสงค์จะขออนุมัติดำเนินการตามเรื่องข้างต้น', 'จึงเรียนมาเพื่อโปรดพิจารณา'],
      signerPositionId: to,
    })
    if (!memo.ok) throw new Error(memo.refusal.code)
    const draft = await saraban.call('letters.draft', {
      fileSha256: memo.value.sha256,
      kind: 'internal',
      subject,
      addressee,
      urgency: 'normal',
    })
    if (!draft.ok) throw new Error(draft.refusal.code)
    const { letterId } = draft.value
    const proposed = await saraban.call('letters.propose', { letterId, to, note: '' })
    if (!proposed.ok) throw new Error(proposed.refusal.code)
    return letterId
  }, asked)

/** What tells whether a letter was changed: its current file, its number and who has signed. */
export interface LetterState {
  readonly sha256: string
  readonly number: string | null
  readonly signers: readonly string[]
}

/** The state on this device of the letter with `subject` that is in the list on the screen. */
export async function letterState(page: Page, subject: string): Promise<LetterState> {
  const letterId = await page
    .getByTestId('letter-row')
    .filter({ hasText: subject })
    .first()
    .getAttribute('data-letter-id')
  if (letterId === null) throw new Error(`“${subject}” is not in the list`)
  return page.evaluate(async (id) => {
    const { saraban } = window as unknown as { saraban: SarabanBridge }
    const letter = await saraban.call('letters.get', { letterId: id })
    if (!letter.ok) throw new Error(letter.refusal.code)
    const { revision, number, signatures } = letter.value
    return {
      sha256: revision?.sha256 ?? '',
      number: number?.text ?? null,
      signers: signatures.map(({ personName }) => personName),
    }
  }, letterId)
}
