import type { Tray } from '../../shared/contract/views.ts'
import { useAnswer } from './queries.ts'

/** A tray of a position. */
export type PositionTray = Tray & { readonly positionId: string }

/** The trays of the person who is signed in. */
export interface Trays {
  /** Positions held first, then those served. */
  readonly positions: readonly PositionTray[]
  readonly own: Tray | undefined
  readonly firstTray: PositionTray | undefined
  readonly toSign: number
}

/** The trays with their counts; empty until they are here. */
export function useTrays(): Trays {
  const trays = useAnswer('trays.list').data ?? []
  const positions = trays.filter((tray): tray is PositionTray => tray.positionId !== null)
  const ordered = [
    ...positions.filter((tray) => tray.role === 'holder'),
    ...positions.filter((tray) => tray.role !== 'holder'),
  ]
  return {
    positions: ordered,
    own: trays.find((tray) => tray.positionId === null),
    firstTray: ordered[0],
    toSign: ordered.reduce((sum, tray) => sum + tray.counts['to-sign'], 0),
  }
}
