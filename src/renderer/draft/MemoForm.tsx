import { FileText } from 'lucide-react'
import { useId, useMemo, useState } from 'react'
import type { ImportedFile } from '../../shared/contract/views.ts'
import { useKeptText } from '../app/keptText.ts'
import { useAction } from '../app/useAction.ts'
import { useDirectory } from '../app/useDirectory.ts'
import { saraban } from '../bridge.ts'
import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Field } from '../parts/Field.tsx'
import { Panel, RefusalPanel } from '../parts/Panel.tsx'
import { PositionSelect } from '../parts/PositionSelect.tsx'
import { positionChoices } from '../parts/positionChoices.ts'
import { PdfView } from '../reader/LazyPdfView.tsx'
import { useTexts } from '../texts/useTexts.ts'
import { DetailFields, useDetails } from './DetailFields.tsx'
import { NewLetterHead, sentToPropose } from './NewLetterHead.tsx'
import { paragraphsOf } from './paragraphs.ts'
import { useSaveDraft } from './useSaveDraft.ts'

/** A memo (บันทึกข้อความ) written here: its parts on the left, the page as it will be on the right. */
export function MemoForm({ onSaved }: { onSaved: (letterId: string, thenPropose: boolean) => void }) {
  const { t } = useTexts()
  const formId = useId()
  const directory = useDirectory()
  const details = useDetails('memo')
  const [text, setText, clearText] = useKeptText('memo/text')
  const [signer, setSigner, clearSigner] = useKeptText('memo/signer')
  const saving = useSaveDraft()
  const composing = useAction()
  const [preview, setPreview] = useState<{ file: ImportedFile; of: string } | null>(null)
  const choices = useMemo(
    () => (directory ? positionChoices(directory, new Date().toISOString()) : []),
    [directory],
  )
  const { subject, addressee } = details.details
  const typed = JSON.stringify([subject, addressee, text, signer])
  const missing = (value: string) =>
    saving.checked && value.trim() === '' ? t('common.required') : undefined

  /** The page of the text as it stands; laid out anew only when something changed. */
  const compose = async (): Promise<ImportedFile | undefined> => {
    if (preview?.of === typed) return preview.file
    const file = await composing.run(() =>
      saraban.call('files.compose-memo', {
        subject,
        addressee,
        paragraphs: paragraphsOf(text),
        signerPositionId: signer,
      }),
    )
    if (file) setPreview({ file, of: typed })
    return file
  }
  const complete = () => saving.complete([subject, addressee, text, signer])
  const submit = async (thenPropose: boolean) => {
    if (saving.action.busy || composing.busy || !complete()) return
    const file = await compose()
    const letter = file && (await saving.save(file.sha256, details.details))
    if (!letter) return
    details.clear()
    clearText()
    clearSigner()
    onSaved(letter.letterId, thenPropose)
  }
  const show = () => {
    if (!composing.busy && complete()) void compose()
  }

  return (
    <div className="new-letter">
      <NewLetterHead
        title={subject || t('draft.newMemo')}
        done={preview ? 1 : 0}
        formId={formId}
        busy={saving.action.busy || composing.busy}
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
          {composing.refusal && <RefusalPanel refusal={composing.refusal} />}
          {saving.action.refusal && <RefusalPanel refusal={saving.action.refusal} />}
          <DetailFields state={details} kindFixed checked={saving.checked} />
          <Field
            label={t('draft.paragraphs')}
            required
            hint={t('draft.paragraphsHint')}
            error={missing(text)}
          >
            {(names) => (
              <textarea
                {...names}
                className="input memo-text"
                rows={9}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
          <Field label={t('draft.signer')} required error={missing(signer)}>
            {(names) => (
              <PositionSelect
                names={names}
                choices={choices}
                chosen={signer || null}
                onChoose={(positionId) => setSigner(positionId ?? '')}
              />
            )}
          </Field>
          <div className="new-form-foot">
            <Button icon={FileText} aria-disabled={composing.busy} onClick={show}>
              {t(composing.busy ? 'draft.composing' : 'draft.preview')}
            </Button>
          </div>
        </form>
        <section className="new-preview" aria-label={t('draft.previewTitle')}>
          {preview && preview.of !== typed && (
            <div className="preview-old">
              <Panel
                tone="plain"
                title={t('draft.previewOld')}
                actions={<Button onClick={show}>{t('draft.preview')}</Button>}
              />
            </div>
          )}
          {preview ? (
            <PdfView
              key={preview.file.sha256}
              sha256={preview.file.sha256}
              placeName="memo-preview"
              title={subject}
            />
          ) : (
            <div className="reader-empty">
              <Empty icon={FileText} title={t('draft.previewNone')} next={t('draft.previewNoneNext')} />
            </div>
          )}
        </section>
      </div>
    </div>
  )
}
