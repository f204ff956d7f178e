import { FileUp } from 'lucide-react'
import { useId } from 'react'
import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Panel, RefusalPanel } from '../parts/Panel.tsx'
import { PdfView } from '../reader/LazyPdfView.tsx'
import { useTexts } from '../texts/useTexts.ts'
import { DetailFields, useDetails } from './DetailFields.tsx'
import { DropCover } from './DropCover.tsx'
import { NewLetterHead, sentToPropose } from './NewLetterHead.tsx'
import { useImport } from './useImport.ts'
import { useImportedFile } from './useImportedFile.ts'
import { useSaveDraft } from './useSaveDraft.ts'

/** A new letter from a PDF: the details beside the pages. */
export function ImportForm({ onSaved }: { onSaved: (letterId: string, thenPropose: boolean) => void }) {
  const { t, count, size } = useTexts()
  const formId = useId()
  const [file, setFile, clearFile] = useImportedFile()
  const details = useDetails('import')
  const saving = useSaveDraft()
  const { action: importing, choose, over, target } = useImport(setFile)

  const submit = async (thenPropose: boolean) => {
    if (saving.action.busy) return
    const { subject, addressee } = details.details
    if (!saving.complete([subject, addressee])) return
    if (!file) return choose()
    const letter = await saving.save(file.sha256, details.details)
    if (!letter) return
    details.clear()
    clearFile()
    onSaved(letter.letterId, thenPropose)
  }

  return (
    <div className="drop-target new-letter" {...target}>
      <NewLetterHead
        title={details.details.subject || t('draft.newLetter')}
        done={file ? 1 : 0}
        formId={formId}
        busy={saving.action.busy}
      />
      <div className="new-columns">
        <form
          id={formId}
          ref={saving.form}
          className="new-form"
          aria-label={t('draft.details')}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void submit(sentToPropose(event))
          }}
        >
          {importing.refusal && <RefusalPanel refusal={importing.refusal} />}
          {saving.action.refusal && <RefusalPanel refusal={saving.action.refusal} />}
          {file && (
            <p className="new-file">
              {t('draft.fileName', {
                name: file.name,
                pages: count(file.pageCount),
                size: size(file.bytes),
              })}
            </p>
          )}
          {file && file.signatures > 0 && (
            <Panel tone="plain" title={t('draft.fileSigned', { count: count(file.signatures) })} />
          )}
          <Button icon={FileUp} aria-disabled={importing.busy} onClick={() => void choose()}>
            {t(importing.busy ? 'draft.importing' : file ? 'draft.chooseAnother' : 'draft.import')}
          </Button>
          <DetailFields state={details} kindFixed={false} checked={saving.checked} />
        </form>
        <section className="new-preview" aria-label={t('draft.previewTitle')}>
          {file ? (
            <PdfView key={file.sha256} sha256={file.sha256} placeName={file.sha256} title={file.name} />
          ) : (
            <div className="reader-empty">
              <Empty icon={FileUp} title={t('draft.noFile')} next={t('draft.noFileNext')} />
            </div>
          )}
        </section>
      </div>
      {over && <DropCover />}
    </div>
  )
}
