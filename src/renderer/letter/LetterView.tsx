import './letter.css'
import { useState } from 'react'
import type { LetterRow } from '../../shared/contract/views.ts'
import { useKeys } from '../app/keys.ts'
import { useAnswer } from '../app/queries.ts'
import { Failed } from '../parts/Failed.tsx'
import { RefusalPanel } from '../parts/Panel.tsx'
import { PdfView } from '../reader/LazyPdfView.tsx'
import { useTexts } from '../texts/useTexts.ts'
import { ActionBar } from './ActionBar.tsx'
import { FileAway } from './FileAway.tsx'
import { LegNote } from './LegNote.tsx'
import { LetterHead } from './LetterHead.tsx'
import { type LetterTab, LetterTabs } from './LetterTabs.tsx'
import { Signatures } from './Signatures.tsx'
import { Timeline } from './Timeline.tsx'

/** One letter: its head, its pages, route and signatures, and what can be done with it. */
export function LetterView(props: {
  letterId: string
  siblings: readonly LetterRow[]
  leftAt: number | undefined
  onOpen: (letterId: string) => void
  back: (() => void) | undefined
}) {
  const { t } = useTexts()
  const query = useAnswer('letters.get', { letterId: props.letterId })
  const answer = query.data
  useKeys({ escape: () => (props.back ? props.back() : false) })
  const [tab, setTab] = useState<LetterTab>('page')

  if (!answer?.ok) {
    return (
      <section className="letter letter-missing">
        {answer && <RefusalPanel refusal={answer.refusal} />}
        {query.isError && <Failed onRetry={() => void query.refetch()} />}
        {query.isPending && <p role="status">{t('common.loading')}</p>}
      </section>
    )
  }
  const letter = answer.value
  return (
    <section className="letter" aria-label={letter.subject}>
      <LetterHead letter={letter} back={props.back} />
      <LetterTabs tab={tab} letter={letter} onChoose={setTab} />
      {tab !== 'route' && <LegNote letter={letter} onReadAll={() => setTab('route')} />}
      <div
        className="letter-pane"
        id={`letter-pane-${tab}`}
        role="tabpanel"
        aria-labelledby={`letter-tab-${tab}`}
      >
        {tab === 'page' && !letter.fileHere && <FileAway />}
        {tab === 'page' && letter.fileHere && letter.revision && (
          <PdfView
            key={letter.revision.sha256}
            sha256={letter.revision.sha256}
            placeName={letter.letterId}
            title={letter.subject}
          />
        )}
        {tab === 'route' && <Timeline letter={letter} />}
        {tab === 'signatures' && <Signatures letter={letter} />}
      </div>
      <ActionBar letter={letter} siblings={props.siblings} leftAt={props.leftAt} onOpen={props.onOpen} />
    </section>
  )
}
