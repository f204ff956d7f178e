import './waiting.css'
import { CircleCheck } from 'lucide-react'
import { useAnswer } from '../app/queries.ts'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import { useTexts } from '../texts/useTexts.ts'
import { RefusedCard } from './RefusedCard.tsx'
import { WaitingRow } from './WaitingRow.tsx'

/** The work that the server has not accepted: what it refused, then what goes out in order. */
export function WaitingWork() {
  const { t, count } = useTexts()
  const query = useAnswer('outbox.list')
  const commands = query.data
  const refused = commands?.filter((command) => command.state === 'refused') ?? []
  const waiting = commands?.filter((command) => command.state !== 'refused') ?? []
  return (
    <div className="waiting-screen">
      {refused.map((command) => (
        <RefusedCard key={command.commandId} command={command} />
      ))}
      <section className="card" aria-labelledby="waiting-title">
        <header className="card-head">
          <h1 id="waiting-title">{t('waitingWork.title')}</h1>
          {waiting.length > 0 && <span>{t('waitingWork.lead', { count: count(waiting.length) })}</span>}
        </header>
        {query.isError && <Failed onRetry={() => void query.refetch()} />}
        {commands && waiting.length === 0 && (
          <Empty icon={CircleCheck} title={t('waitingWork.empty')} next={t('waitingWork.emptyNext')} />
        )}
        {waiting.length > 0 && (
          <table className="waiting-table">
            <thead>
              <tr>
                <th scope="col">{t('waitingWork.what')}</th>
                <th scope="col" className="waiting-age">
                  {t('waitingWork.age')}
                </th>
                <th scope="col" className="waiting-state">
                  {t('waitingWork.state')}
                </th>
              </tr>
            </thead>
            <tbody>
              {waiting.map((command) => (
                <WaitingRow key={command.commandId} command={command} />
              ))}
            </tbody>
          </table>
        )}
        <footer className="card-foot">{t('waitingWork.safe')}</footer>
      </section>
    </div>
  )
}
