import { Send } from 'lucide-react'
import { useAnswer } from '../app/queries.ts'
import { saraban } from '../bridge.ts'
import { RouteDialog } from './RouteDialog.tsx'
import { useRouting } from './useRouting.ts'

/** Proposes the letter (เสนอพิจารณา) to a position; its secretary sees it too, and is named. */
export function ProposeDialog(props: { letterId: string; onClose: () => void; onDone: () => void }) {
  const { letterId, onClose } = props
  const letter = useAnswer('letters.get', { letterId }).data
  const routing = useRouting(`propose/${letterId}`, props.onDone)
  return (
    <RouteDialog
      title="route.proposeTitle"
      submit="route.propose"
      icon={Send}
      subject={letter?.ok ? letter.value.subject : ''}
      without={[]}
      routing={routing}
      onClose={onClose}
      onSubmit={() =>
        void routing.send((to) =>
          saraban.call('letters.propose', { letterId, to, note: routing.fields.note }),
        )
      }
    />
  )
}
