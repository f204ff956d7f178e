import type { TimelineEntry } from '../../shared/contract/views.ts'
import type { TextKey, Texts } from '../texts/texts.ts'

/** What a timeline entry says after the name: the deed, a second line, and what the person wrote. */
export interface EntryWords {
  readonly deed: string
  readonly detail: string | null
  readonly quote: { readonly label: TextKey; readonly text: string } | null
}

const plain = (deed: string, detail: string | null = null): EntryWords => ({ deed, detail, quote: null })
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
    case 'check-returned':
    case 'recalled':
    case 'cancelled':
    case 'reopened':
    case 'returned-to-sender':
    case 'delivery-returned':
    case 'dispatch-withdrawn':
    case 'corrected':
    case 'reclassified':
      return { ...plain(t(`timeline.${body.type}`)), quote: quoteOf('timeline.reason', body.reason) }
    case 'forwarded':
      return {
        deed: t('timeline.forwarded', { position }),
        detail: null,
        quote: quoteOf('timeline.note', body.leg.note),
      }
    case 'check-requested':
    case 'closed':
    case 'loan-decided':
      return { ...plain(t(`timeline.${body.type}`)), quote: quoteOf('timeline.note', body.note) }
    case 'commented':
    case 'noted':
      return { ...plain(t(`timeline.${body.type}`)), quote: quoteOf('timeline.note', body.text) }
    case 'check-passed':
      return { ...plain(t('timeline.check-passed')), quote: quoteOf('timeline.note', body.opinion) }
    case 'loan-asked':
      return { ...plain(t('timeline.loan-asked')), quote: quoteOf('timeline.reason', body.purpose) }
    case 'number-cancelled':
      return {
        ...plain(t('timeline.number-cancelled', { number: number(body.text) })),
        quote: quoteOf('timeline.reason', body.reason),
      }
    case 'signed-on-paper':
      return plain(t('timeline.signed-on-paper'), t('timeline.signedOn', { date: paperDate(body.signedOn) }))
    case 'endorsed': {
      const ordered = body.leg ? t('timeline.orderTo', { position }) : t('timeline.order')
      return {
        ...plain(body.act === 'order' ? ordered : t('timeline.opinion')),
        quote: quoteOf('timeline.note', body.text),
      }
    }
    case 'delivered':
      return { ...plain(t('timeline.delivered', { position })), quote: quoteOf('timeline.note', body.note) }
    case 'delivery-received':
    case 'received':
      return plain(t(`timeline.${body.type}`), t('timeline.receipt', { number: number(body.receipt.text) }))
    case 'registered':
      return plain(
        t('timeline.registered', { from: body.sender.from }),
        t('timeline.receipt', { number: number(body.receipt.text) }),
      )
    case 'dispatched':
      return plain(
        t('timeline.dispatched', { names: body.recipients.map(({ name }) => name).join(', ') }),
        body.keptInSystem ? null : t('timeline.notKept'),
      )
    case 'dispatch-confirmed':
      return plain(
        t('timeline.dispatch-confirmed'),
        body.number === '' ? null : t('timeline.receipt', { number: number(body.number) }),
      )
    case 'stored':
      return plain(
        t('timeline.stored'),
        body.keptUntil === null
          ? t('timeline.keptForever')
          : t('timeline.keptUntil', { year: number(String(body.keptUntil)) }),
      )
    case 'revised':
    case 'taken-up':
    case 'attached':
    case 'loan-ended':
    case 'destroyed':
    case 'handed-to-archives':
      return plain(t(`timeline.${body.type}`))
  }
}
