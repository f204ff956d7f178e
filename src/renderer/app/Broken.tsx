import { Component, type ReactNode } from 'react'
import { Button } from '../parts/Button.tsx'
import { Panel } from '../parts/Panel.tsx'
import { useTexts } from '../texts/useTexts.ts'

/** Keeps a fault of one screen from leaving an empty window: says so and offers to load again. */
export class Broken extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override render() {
    return this.state.broken ? <BrokenPanel /> : this.props.children
  }
}

function BrokenPanel() {
  const { t } = useTexts()
  return (
    <main className="broken">
      <Panel
        tone="red"
        title={t('app.failed')}
        actions={<Button onClick={() => window.location.reload()}>{t('app.restart')}</Button>}
      />
    </main>
  )
}
