import { type ComponentProps, lazy, Suspense } from 'react'

const load = () => import('./PdfView.tsx')
const Loaded = lazy(() => load().then(({ PdfView }) => ({ default: PdfView })))

/** Fetches the viewer before it is needed. */
export const prepareViewer = (): void => void load()

/** The viewer, which is large: the rest of the window does not wait for it. */
export function PdfView(props: ComponentProps<typeof Loaded>) {
  return (
    <Suspense fallback={<div className="viewer-coming" />}>
      <Loaded {...props} />
    </Suspense>
  )
}
