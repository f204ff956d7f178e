import type { Outcome } from '../../shared/outcome.ts'
import type { Page } from '../structure/pages.ts'
import type { RevisionFont } from '../text/fontEmbedding.ts'
import type { MarkDrawing } from './drawnMark.ts'
import { drawEndorsement, type EndorsementMark } from './endorsementMark.ts'
import { drawHighlightMark, type HighlightMark } from './highlightMark.ts'
import { drawImageMark, type ImageMark } from './imageMark.ts'
import { drawInkMark, type InkMark } from './inkMark.ts'
import { drawReceiveStamp, type ReceiveStampMark } from './receiveStampMark.ts'
import { drawTextMark, type TextMark } from './textMark.ts'

/** What an office puts on a letter. A mark without a kind is text: a number, a date, a remark. */
export type Mark = TextMark | InkMark | HighlightMark | ImageMark | ReceiveStampMark | EndorsementMark

/** Draws a mark for its page; refuses what the mark's kind refuses. */
export function drawMark(mark: Mark, page: Page, font: RevisionFont): Outcome<MarkDrawing> {
  switch (mark.kind) {
    case 'ink':
      return drawInkMark(mark, page)
    case 'highlight':
      return drawHighlightMark(mark, page)
    case 'image':
      return drawImageMark(mark, page)
    case 'receiveStamp':
      return drawReceiveStamp(mark, page, font)
    case 'endorsement':
      return drawEndorsement(mark, page, font)
    default:
      return drawTextMark(mark, page, font)
  }
}
