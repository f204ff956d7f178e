import { FileCheck } from 'lucide-react'
import type { SigningPlan } from '../../shared/contract/views.ts'
import type { Texts } from '../texts/texts.ts'
import { useTexts } from '../texts/useTexts.ts'

/** The first bytes of a hash in groups of four, as far as one compares by eye. */
export const hashStart = (sha256: string): string => (sha256.slice(0, 16).match(/.{4}/g) ?? []).join(' ')

/** What signing adds to the file, in words. */
export function additions(plan: SigningPlan, page: number, { t, count }: Texts): string {
  const parts: string[] = []
  if (plan.writesNumber) {
    parts.push(
      plan.number && plan.date
        ? t('sign.addsNumberText', { number: plan.number, date: plan.date })
        : t('sign.addsNumberOnSign'),
    )
    if (plan.datedEarlier) parts.push(t('sign.datedEarlier'))
  }
  parts.push(t('sign.addsBlock', { page: count(page) }))
  return parts.join(' · ')
}

/** What you will sign: stands directly above the PIN. */
export function PlanFacts({ plan, page }: { plan: SigningPlan; page: number }) {
  const texts = useTexts()
  const { t, count } = texts
  return (
    <section className="plan-facts" aria-label={t('sign.what')}>
      <h3>
        <FileCheck className="plan-icon" size={18} aria-hidden="true" />
        {t('sign.what')}
      </h3>
      <dl className="facts">
        <dt>{t('sign.subject')}</dt>
        <dd>{plan.subject}</dd>
        <dt>{t('sign.document')}</dt>
        <dd>
          {t('sign.documentText', {
            file: plan.fileName,
            pages: count(plan.pageCount),
            revision: count(plan.revisionNumber),
          })}
        </dd>
        <dt>{t('sign.adds')}</dt>
        <dd>{additions(plan, page, texts)}</dd>
        <dt>{t('sign.signer')}</dt>
        <dd>
          {plan.signerName} · {plan.signerPosition}
        </dd>
        <dt>{t('sign.hash')}</dt>
        <dd className="code" title={plan.sha256}>
          SHA-256 {hashStart(plan.sha256)} …
        </dd>
      </dl>
    </section>
  )
}
