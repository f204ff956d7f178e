import { Forward } from 'lucide-react'
import type { LetterDetail } from '../../shared/contract/views.ts'
import { saraban } from '../bridge.ts'
import { RouteDialog } from './RouteDialog.tsx'
import { useRouting } from './useRouting.ts'

/** Forwards the letter from the position that has it to another. */
export function ForwardDialog(props: { letter: LetterDetail; positionId: string; onClose: () => void }) {
  const { letterId } = props.letter
  const routing = useRouting(`forward/${letterId}`, props.onClose)
  return (
    <RouteDialog
      title="route.forwardTitle"
      submit="route.forward"
      icon={Forward}
      subject={props.letter.subject}
      without={[props.positionId]}
      routing={routing}
      onClose={props.onClose}
      onSubmit={() =>
        void routing.send((to) =>
          saraban.call('letters.forward', {
            letterId,
            positionId: props.positionId,
            to,
            note: routing.fields.note,
          }),
        )
      }
    />
  )
}
