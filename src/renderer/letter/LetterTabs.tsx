import type { LetterDetail } from '../../shared/contract/views.ts'
import { useTexts } from '../texts/useTexts.ts'

export type LetterTab = 'page' | 'route' | 'signatures'

const TABS = ['page', 'route', 'signatures'] as const
const WORDS = {
  page: 'letter.tabPage',
  route: 'letter.tabRoute',
  signatures: 'letter.tabSignatures',
} as const

/** The parts of a letter. Left and right move between the tabs. */
export function LetterTabs(props: {
  tab: LetterTab
  letter: LetterDetail
  onChoose: (tab: LetterTab) => void
}) {
  const { t, count } = useTexts()
  const counts = {
    page: 0,
    route: props.letter.timeline.length + props.letter.waiting.length,
    signatures: props.letter.signatures.length,
  }
  const press = (event: React.KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const next = TABS[TABS.indexOf(props.tab) + step]
    if (step === 0 || !next) return
    event.preventDefault()
    props.onChoose(next)
    document.getElementById(`letter-tab-${next}`)?.focus()
  }
  return (
    <div className="letter-tabs" role="tablist" aria-label={t('letter.tabs')}>
      {TABS.map((tab) => (
        <button
          key={tab}
          id={`letter-tab-${tab}`}
          type="button"
          role="tab"
          className="letter-tab ring-inside"
          aria-selected={tab === props.tab}
          aria-controls={tab === props.tab ? `letter-pane-${tab}` : undefined}
          tabIndex={tab === props.tab ? 0 : -1}
          onClick={() => props.onChoose(tab)}
          onKeyDown={press}
        >
          {t(WORDS[tab])}
          {counts[tab] > 0 && <span>{count(counts[tab])}</span>}
        </button>
      ))}
    </div>
  )
}
