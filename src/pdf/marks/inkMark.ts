import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { type Rectangle, shownSize, toPageSpace } from '../geometry.ts'
import type { Page } from '../structure/pages.ts'
import { formatNumber } from '../structure/serialize.ts'
import { dictionaryOf, nameOf } from '../structure/values.ts'
import { inks, type MarkColor, type MarkDrawing, type MarkFacts } from './drawnMark.ts'

/** A point of a stroke on the page as shown. */
interface InkPoint {
  readonly x: number
  readonly y: number
  /** From 0 to 1 as a tablet tells it; 0.5 gives the stroke's own width. */
  readonly pressure?: number
}

/** Handwriting: a signature with the mouse, a tick, a line under a word. */
export interface InkMark extends MarkFacts {
  readonly kind: 'ink'
  readonly strokes: readonly (readonly InkPoint[])[]
  /** Of the pen, in points. */
  readonly width: number
  readonly color?: MarkColor
  /** What is written, for those who cannot see it. */
  readonly text?: string
}

const mostPoints = 50_000
const widest = 72

/**
 * Draws strokes as smooth curves through their points; points off the page are brought to its edge. Refuses
 * mark-malformed without strokes, with more points than a hand writes, and with numbers that are none.
 */
export function drawInkMark(mark: InkMark, page: Page): Outcome<MarkDrawing> {
  const points = mark.strokes.flat()
  const isDrawable = points.every(({ x, y, pressure = 0.5 }) => [x, y, pressure].every(Number.isFinite))
  if (points.length === 0 || points.length > mostPoints || !isDrawable)
    return refuse('mark-malformed', { field: 'strokes' })
  if (!(mark.width > 0 && mark.width <= widest)) return refuse('mark-malformed', { field: 'width' })
  const shown = shownSize(page)
  const onPage = ({ x, y, ...rest }: InkPoint): InkPoint => ({
    x: clamp(x, shown.width),
    y: clamp(y, shown.height),
    ...rest,
  })
  const strokes = mark.strokes.filter((stroke) => stroke.length > 0).map((stroke) => stroke.map(onPage))
  const curves = strokes.map(curvesThrough)
  const place = boundsOf(curves.flat().flat(), widthAt(1, mark.width) / 2)
  const color = inks[mark.color ?? 'pen']
  const drawn = curves.map((stroke) => strokeOperators(stroke, mark.width, place)).join('')
  return accept({
    place,
    operators: `q ${color.join(' ')} RG 1 J 1 j\n${drawn}Q\n`,
    subtype: 'Ink',
    contents: mark.text ?? 'ลายมือเขียน',
    resources: () => ({}),
    entries: {
      InkList: strokes.map((stroke) =>
        stroke.flatMap(({ x, y }) => toPageSpace(page, x, y).map(toHundredths)),
      ),
      C: [...color],
      BS: dictionaryOf({ Type: nameOf('Border'), W: mark.width }),
    },
  })
}

const clamp = (value: number, most: number): number => Math.min(Math.max(value, 0), most)

/** Four control points of a Bézier curve; of a dot they are the same. */
type Curve = readonly [InkPoint, InkPoint, InkPoint, InkPoint]

/** The Catmull-Rom spline through the points, as Bézier curves. */
function curvesThrough(stroke: readonly InkPoint[]): Curve[] {
  const at = (index: number): InkPoint => stroke[clamp(index, stroke.length - 1)] ?? { x: 0, y: 0 }
  if (stroke.length === 1) return [[at(0), at(0), at(0), at(0)]]
  return stroke.slice(1).map((end, index): Curve => {
    const start = at(index)
    const [before, after] = [at(index - 1), at(index + 2)]
    return [
      start,
      { x: start.x + (end.x - before.x) / 6, y: start.y + (end.y - before.y) / 6 },
      { x: end.x - (after.x - start.x) / 6, y: end.y - (after.y - start.y) / 6 },
      end,
    ]
  })
}

function boundsOf(points: readonly InkPoint[], margin: number): Rectangle {
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of points) {
    ;[left, bottom] = [Math.min(left, x), Math.min(bottom, y)]
    ;[right, top] = [Math.max(right, x), Math.max(top, y)]
  }
  return {
    x: left - margin,
    y: bottom - margin,
    width: right - left + 2 * margin,
    height: top - bottom + 2 * margin,
  }
}

const widthAt = (pressure: number, width: number): number => width * (0.5 + clamp(pressure, 1))

/** A stroke of one width is one path; under changing pressure each of its curves has its own width. */
function strokeOperators(curves: readonly Curve[], width: number, { x, y }: Rectangle): string {
  const point = (of: InkPoint): string => `${hundredths(of.x - x)} ${hundredths(of.y - y)}`
  let out = ''
  let current = ''
  for (const [start, first, second, end] of curves) {
    const pressure = ((start.pressure ?? 0.5) + (end.pressure ?? 0.5)) / 2
    const wanted = hundredths(widthAt(pressure, width))
    if (wanted !== current) out += `${out === '' ? '' : 'S\n'}${wanted} w ${point(start)} m\n`
    current = wanted
    out +=
      curves.length === 1 && start === end
        ? `${point(end)} l\n`
        : `${point(first)} ${point(second)} ${point(end)} c\n`
  }
  return `${out}S\n`
}

/** Finer than any pen. */
const toHundredths = (value: number): number => Math.round(value * 100) / 100
const hundredths = (value: number): string => formatNumber(toHundredths(value))
