import { useMemo } from 'react'
import { useDirectory } from '../app/useDirectory.ts'
import { Field } from '../parts/Field.tsx'
import { PositionSelect } from '../parts/PositionSelect.tsx'
import { positionChoices } from '../parts/positionChoices.ts'
import { useTexts } from '../texts/useTexts.ts'

/** To whom, with whom the copies go to by name, and a note: the fields of proposing and forwarding. */
export function RouteFields(props: {
  without: readonly string[]
  to: string | null
  onTo: (positionId: string | null) => void
  note: string
  onNote: (note: string) => void
  missing: boolean
}) {
  const { t } = useTexts()
  const directory = useDirectory()
  const without = props.without.join(' ')
  const choices = useMemo(
    () => (directory ? positionChoices(directory, new Date().toISOString(), without.split(' ')) : []),
    [directory, without],
  )
  const chosen = choices.find((choice) => choice.positionId === props.to)
  const copies = directory?.organisation.policy.copyToSecretary ? (chosen?.secretaryNames ?? []) : []
  const hint = chosen && (
    <>
      {t('route.holder', { name: chosen.holderName ?? t('route.vacant') })}
      {' · '}
      {copies.length > 0 ? t('route.secretaryToo', { names: copies.join(', ') }) : t('route.noSecretary')}
    </>
  )
  return (
    <>
      <Field
        label={t('route.position')}
        required
        hint={hint}
        error={props.missing ? t('route.positionMissing') : undefined}
      >
        {(names) => (
          <PositionSelect names={names} choices={choices} chosen={props.to} onChoose={props.onTo} />
        )}
      </Field>
      <Field label={t('route.note')}>
        {(names) => (
          <textarea
            {...names}
            className="input"
            rows={3}
            maxLength={2000}
            value={props.note}
            onChange={(event) => props.onNote(event.target.value)}
          />
        )}
      </Field>
    </>
  )
}
