import { KeyRound } from 'lucide-react'
import type { TextKey } from '../texts/texts.ts'
import { useTexts } from '../texts/useTexts.ts'
import { useAnswer } from './queries.ts'

/** Whether a token is in that can sign now, as far as is seen before the PIN. */
export function TokenIndicator() {
  const { t, count } = useTexts()
  const answer = useAnswer('tokens.list').data
  if (!answer) return null
  const tokens = answer.ok ? answer.value : []
  const fit = tokens.filter(
    (token) => token.certificatesNeedPin || token.certificates.some((certificate) => !certificate.unfit),
  )
  let words: TextKey = 'token.none'
  let look = 'none'
  if (!answer.ok) [words, look] = ['token.fault', 'warn']
  else if (tokens.length > 1) [words, look] = ['token.several', fit.length > 0 ? 'ready' : 'warn']
  else if (tokens[0]?.pinState === 'locked') [words, look] = ['token.locked', 'warn']
  else if (tokens[0]) [words, look] = fit.length > 0 ? ['token.ready', 'ready'] : ['token.unfit', 'warn']
  return (
    <span className={`indicator indicator-token-${look}`} role="status">
      <KeyRound size={16} aria-hidden="true" />
      <span className="one-line">{t(words, { count: count(tokens.length) })}</span>
    </span>
  )
}
