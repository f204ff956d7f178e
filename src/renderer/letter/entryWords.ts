import type { TimelineEntry } from '../../shared/contract/views.ts'
import type { TextKey, Texts } from '../texts/texts.ts'

/** What a timeline entry says after the name: the deed, a second line, and what the person wrote. */
export interface EntryWords {
  readonly deed: string
  readonly detail: string | null
  readonly quote: { readonly label: TextKey; readonly text: string } | null
}

const quoteOf = (label: TextKey, text: string) => (text.trim() === '' ? null : { label, text })

/** The words for one event of a letter's log. */
export function entryWords(entry: TimelineEntry, { t, count, number, paperDate }: Texts): EntryWords {
  const { body } = entry.event
  const position = entry.toTitle ?? ''
  switch (body.type) {
    case 'drafted':
      return {
        deed: t('timeline.drafted'),
        detail: t('timeline.file', { name: body.fileName, pages: count(body.pageCount) }),
        quote: null,
      }
    case 'proposed':
      return {
        deed: t('timeline.proposed', { position }),
        detail: null,
        quote: quoteOf('timeline.note', body.leg.note),
      }
    case 'number-bound':
      return {
        deed: t('timeline.number-bound', { number: number(body.text) }),
        detail: t('timeline.numberDate', { date: paperDate(body.date) }),
        quote: null,
      }
    case 'signed':
      return {
        deed: t('timeline.signed'),
        detail: t('timeline.certificate', { name: body.signer.commonName, serial: body.signer.serial }),
        quote: null,
      }
    case 'augmented':
      return { deed: t('timeline.augmented'), detail: t(`timeline.augmented.${body.level}`), quote: null }
    case 'returned':
      return { deed: t('timeline.returned'), detail: null, quote: quoteOf('timeline.reason', body.reason) }
    case 'forwarded':
      return {
        deed: t('timeline.forwarded', { position }),
        detail: null,
        quote: quoteOf('timeline.note', body.leg.note),
      }
  }
}
