import type { LetterForm, LetterKind } from '../contract/facts.ts'

/** The forms of each kind of letter (ข้อ 10–25). */
const FORMS: Readonly<Record<LetterKind, readonly LetterForm[]>> = {
  external: ['letter', 'petition'],
  internal: ['letter'],
  stamped: ['letter'],
  directive: ['order', 'regulation', 'by-law'],
  publicity: ['announcement', 'statement', 'news'],
  record: ['certificate', 'minutes', 'note', 'other'],
}

/** Whether a kind of letter comes in that form. */
export const hasForm = (kind: LetterKind, form: LetterForm): boolean => FORMS[kind].includes(form)

/** The form that a kind of letter has unless something else is said. */
export const usualForm = (kind: LetterKind): LetterForm => FORMS[kind][0] ?? 'letter'

/** Whether a kind ends in a closing formula (คำลงท้าย): only the external letter does (ข้อ 11, 12, 14). */
export const hasClosing = (kind: LetterKind): boolean => kind === 'external'

/** Whether a kind is written to other agencies (ข้อ 11, 13). */
export const goesOut = ({ kind }: { readonly kind: LetterKind }): boolean =>
  kind === 'external' || kind === 'stamped'

/** Whether a kind is on paper with the garuda (ข้อ 75–77): large on top, small beside บันทึกข้อความ, or none. */
export function garudaOf(kind: LetterKind): 'large' | 'small' | 'none' {
  if (kind === 'internal') return 'small'
  return kind === 'record' ? 'none' : 'large'
}
