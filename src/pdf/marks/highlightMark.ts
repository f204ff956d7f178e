import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { isFinitePlace, type Rectangle, shownSize, toPageSpace } from '../geometry.ts'
import type { Page } from '../structure/pages.ts'
import { formatNumber } from '../structure/serialize.ts'
import { type MarkDrawing, type MarkFacts, multiplied } from './drawnMark.ts'

/** Text that was gone over with a highlighter. */
export interface HighlightMark extends MarkFacts {
  readonly kind: 'highlight'
  /** The lines or parts of lines, on the page as shown. */
  readonly places: readonly Rectangle[]
  readonly color?: 'yellow' | 'green' | 'pink'
  /** The words under the highlight, or a remark about them. */
  readonly text?: string
}

const colors = { yellow: [1, 0.92, 0.35], green: [0.7, 0.95, 0.6], pink: [1, 0.75, 0.83] } as const
const mostPlaces = 5000

/**
 * Lays colour over text so that the text stays as dark as it is. Refuses mark-malformed without a place on the page.
 */
export function drawHighlightMark(mark: HighlightMark, page: Page): Outcome<MarkDrawing> {
  const places = mark.places.filter(({ width, height }) => width > 0 && height > 0)
  if (places.length === 0 || places.length > mostPlaces || !mark.places.every(isFinitePlace))
    return refuse('mark-malformed', { field: 'places' })
  const cut = places.map((place) => cutToPage(place, page)).filter((place) => place !== undefined)
  if (cut.length === 0) return refuse('mark-malformed', { field: 'places' })
  const left = Math.min(...cut.map(({ x }) => x))
  const bottom = Math.min(...cut.map(({ y }) => y))
  const place = {
    x: left,
    y: bottom,
    width: Math.max(...cut.map(({ x, width }) => x + width)) - left,
    height: Math.max(...cut.map(({ y, height }) => y + height)) - bottom,
  }
  const color = colors[mark.color ?? 'yellow']
  const boxes = cut.map(
    ({ x, y, width, height }) => `${[x - left, y - bottom, width, height].map(formatNumber).join(' ')} re\n`,
  )
  return accept({
    place,
    operators: `q /Multiply gs ${color.join(' ')} rg\n${boxes.join('')}f Q\n`,
    subtype: 'Highlight',
    contents: mark.text ?? '',
    resources: () => multiplied,
    entries: { QuadPoints: cut.flatMap((each) => quadPoints(each, page)), C: [...color] },
  })
}

function cutToPage(place: Rectangle, page: Page): Rectangle | undefined {
  const shown = shownSize(page)
  const [left, right] = [Math.max(0, place.x), Math.min(shown.width, place.x + place.width)]
  const [bottom, top] = [Math.max(0, place.y), Math.min(shown.height, place.y + place.height)]
  if (right - left <= 0 || top - bottom <= 0) return undefined
  return { x: left, y: bottom, width: right - left, height: top - bottom }
}

/** Upper left, upper right, lower left, lower right: what readers do, whatever 12.5.6.10 says of the order. */
function quadPoints({ x, y, width, height }: Rectangle, page: Page): number[] {
  const [right, top] = [x + width, y + height]
  const corners = [
    [x, top],
    [right, top],
    [x, y],
    [right, y],
  ] as const
  return corners.flatMap(([atX, atY]) => toPageSpace(page, atX, atY))
}
