import { CalendarCheck, Check, IdCard, Unplug, Usb, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { TokenCertificate, TokenState } from '../../shared/contract/views.ts'
import { Chip } from '../parts/Chip.tsx'
import { useNow } from '../texts/useNow.ts'
import { useTexts } from '../texts/useTexts.ts'

/** The token, its holder and how long the certificate is valid; a choice when there are several. */
export function TokenRows(props: {
  tokens: readonly TokenState[]
  token: TokenState | undefined
  certificate: TokenCertificate | undefined
  disabled: boolean
  /** The tokens could not be asked: whether one is in is not known. */
  fault: boolean
  onToken: (serial: string) => void
  onCertificate: (id: string) => void
}) {
  const { t, day, count, refusal } = useTexts()
  const now = useNow()
  const { tokens, token, certificate } = props
  if (!token) {
    return (
      <dl className="token-rows">
        <Row icon={<Unplug size={18} className="token-awaited" />} name={t('sign.token')}>
          <strong className="token-awaited">{t(props.fault ? 'token.fault' : 'sign.tokenAbsent')}</strong>
        </Row>
      </dl>
    )
  }
  const days = certificate
    ? Math.max(0, Math.floor((Date.parse(certificate.notAfter) - Date.parse(now)) / 86_400_000))
    : 0
  const unfit = certificate?.unfit && refusal(certificate.unfit)
  return (
    <dl className="token-rows">
      <Row
        icon={<Usb size={18} className="token-in" />}
        name={t('sign.token')}
        end={
          <Chip tone="green" icon={Check}>
            {t('sign.plugged')}
          </Chip>
        }
      >
        {tokens.length > 1 ? (
          <select
            className="input"
            aria-label={t('sign.chooseToken')}
            value={token.serial}
            disabled={props.disabled}
            onChange={(event) => props.onToken(event.target.value)}
          >
            {tokens.map((one) => (
              <option key={one.serial} value={one.serial}>
                {one.label} · {one.serial}
              </option>
            ))}
          </select>
        ) : (
          <>
            <strong>{token.label}</strong> <span className="token-quiet">{token.manufacturer}</span>
          </>
        )}
      </Row>
      {!certificate && token.certificatesNeedPin && (
        <Row icon={<IdCard size={18} />} name={t('sign.holder')}>
          <span className="token-quiet">{t('sign.holderAfterPin')}</span>
        </Row>
      )}
      {certificate && (
        <>
          <Row
            icon={<IdCard size={18} />}
            name={t('sign.holder')}
            end={
              <span className="token-quiet one-line">{t('sign.issuer', { issuer: certificate.issuer })}</span>
            }
          >
            {token.certificates.length > 1 ? (
              <select
                className="input"
                aria-label={t('sign.chooseCertificate')}
                value={certificate.id}
                disabled={props.disabled}
                onChange={(event) => props.onCertificate(event.target.value)}
              >
                {token.certificates.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.commonName} · {one.keyType}
                    {one.unfit ? ` · ${t('sign.unfit')}` : ''}
                  </option>
                ))}
              </select>
            ) : (
              <strong className="one-line">{certificate.commonName}</strong>
            )}
          </Row>
          <Row
            icon={<CalendarCheck size={18} />}
            name={t('sign.valid')}
            end={
              <span className="token-quiet">
                {t('sign.daysLeft', { days: count(days) })} · {certificate.keyType.toUpperCase()}
              </span>
            }
          >
            {day(certificate.notAfter)}
          </Row>
        </>
      )}
      {unfit && (
        <Row icon={<X size={18} className="token-gone" />} name={t('sign.unfit')}>
          <span className="token-unfit">
            {unfit.what} {unfit.next}
          </span>
        </Row>
      )}
    </dl>
  )
}

function Row(props: { icon: ReactNode; name: string; end?: ReactNode; children: ReactNode }) {
  return (
    <div className="token-row">
      <dt>
        <span aria-hidden="true">{props.icon}</span>
        {props.name}
      </dt>
      <dd>
        <span className="token-value">{props.children}</span>
        {props.end}
      </dd>
    </div>
  )
}
