import { type LetterKind, letterKindSchema, urgencySchema } from '../../shared/contract/letter.ts'
import { useAccount } from '../app/account.ts'
import { useKeptText } from '../app/keptText.ts'
import { Field } from '../parts/Field.tsx'
import { useTexts } from '../texts/useTexts.ts'

/** ด่วนภายใน needs its day and time as well, for which the form has no field. */
const draftUrgency = urgencySchema.exclude(['within'])
type DraftUrgency = ReturnType<typeof draftUrgency.parse>

/** The details of a new letter as typed, kept until it is saved. */
export interface Details {
  readonly kind: LetterKind
  readonly urgency: DraftUrgency
  readonly subject: string
  readonly addressee: string
}

/** The details form's state; `name` keeps a memo's words apart from an import's. */
export function useDetails(name: string) {
  const [kind, setKind, clearKind] = useKeptText(`${name}/kind`, 'internal')
  const [urgency, setUrgency, clearUrgency] = useKeptText(`${name}/urgency`, 'normal')
  const [subject, setSubject, clearSubject] = useKeptText(`${name}/subject`)
  const [addressee, setAddressee, clearAddressee] = useKeptText(`${name}/addressee`)
  const details: Details = {
    kind: letterKindSchema.parse(kind),
    urgency: draftUrgency.parse(urgency),
    subject,
    addressee,
  }
  const clear = () => {
    for (const one of [clearKind, clearUrgency, clearSubject, clearAddressee]) one()
  }
  return { details, setKind, setUrgency, setSubject, setAddressee, clear }
}

/** Kind, urgency, unit, subject and addressee; number and date are shown, and belong to the system. */
export function DetailFields(props: {
  state: ReturnType<typeof useDetails>
  kindFixed: boolean
  /** Marks what is missing, once saving was tried. */
  checked: boolean
}) {
  const { t } = useTexts()
  const account = useAccount()
  const { details, setKind, setUrgency, setSubject, setAddressee } = props.state
  const missing = (value: string) => (props.checked && value.trim() === '' ? t('common.required') : undefined)
  return (
    <>
      <div className="field-pair">
        {props.kindFixed ? (
          <FixedField label={t('draft.kind')} value={t(`kind.${details.kind}`)} />
        ) : (
          <Field label={t('draft.kind')}>
            {(names) => (
              <select
                {...names}
                className="input"
                value={details.kind}
                onChange={(event) => setKind(event.target.value)}
              >
                {letterKindSchema.options.map((kind) => (
                  <option key={kind} value={kind}>
                    {t(`kind.${kind}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <Field label={t('draft.urgency')}>
          {(names) => (
            <select
              {...names}
              className="input"
              value={details.urgency}
              onChange={(event) => setUrgency(event.target.value)}
            >
              {draftUrgency.options.map((urgency) => (
                <option key={urgency} value={urgency}>
                  {t(`urgency.${urgency}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <FixedField label={t('draft.unit')} value={account.unitName} />
      <div className="field-pair">
        <FixedField label={t('draft.number')} value={t('draft.numberSystem')} />
        <FixedField label={t('draft.date')} value={t('draft.dateSystem')} />
      </div>
      <Field label={t('draft.subject')} required error={missing(details.subject)}>
        {(names) => (
          <input
            {...names}
            className="input"
            maxLength={500}
            title={details.subject}
            value={details.subject}
            onChange={(event) => setSubject(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('draft.addressee')} required error={missing(details.addressee)}>
        {(names) => (
          <input
            {...names}
            className="input"
            maxLength={300}
            value={details.addressee}
            onChange={(event) => setAddressee(event.target.value)}
          />
        )}
      </Field>
    </>
  )
}

function FixedField({ label, value }: { label: string; value: string }) {
  return (
    <dl className="field">
      <dt className="field-label">{label}</dt>
      <dd className="fixed-value">
        <span className="one-line">{value}</span>
      </dd>
    </dl>
  )
}
