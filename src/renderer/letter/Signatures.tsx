import { BadgeCheck, Signature } from 'lucide-react'
import type { LetterDetail } from '../../shared/contract/views.ts'
import { Chip } from '../parts/Chip.tsx'
import { Empty } from '../parts/Empty.tsx'
import { useTexts } from '../texts/useTexts.ts'

/** Who signed, as what, when and with which certificate. */
export function Signatures({ letter }: { letter: LetterDetail }) {
  const { t, dayAndTime } = useTexts()
  if (letter.signatures.length === 0) {
    return (
      <div className="route-pane">
        <Empty icon={Signature} title={t('signatures.none')} next={t('signatures.noneNext')} />
      </div>
    )
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reachable by keyboard
    <section className="route-pane ring-inside" aria-label={t('letter.tabSignatures')} tabIndex={0}>
      <ol className="signature-list">
        {letter.signatures.map((signature) => (
          <li key={signature.revision.sha256} className="signature-card">
            <div className="signature-head">
              <div>
                <strong>{signature.personName}</strong>
                <p>{signature.positionTitle}</p>
              </div>
              <Chip tone="green" icon={BadgeCheck}>
                {t('signatures.accepted')}
              </Chip>
            </div>
            <dl className="facts">
              <dt>{t('signatures.signedAt')}</dt>
              <dd>{dayAndTime(signature.signedAt)}</dd>
              <dt>{t('signatures.certificate')}</dt>
              <dd>{signature.signer.commonName}</dd>
              {signature.signer.email && (
                <>
                  <dt>{t('signatures.email')}</dt>
                  <dd>{signature.signer.email}</dd>
                </>
              )}
              <dt>{t('signatures.serial')}</dt>
              <dd className="code">{signature.signer.serial}</dd>
              <dt>{t('signatures.hash')}</dt>
              <dd className="code">{signature.revision.sha256}</dd>
            </dl>
          </li>
        ))}
      </ol>
    </section>
  )
}
