import { useMemo } from 'react'
import { type Directory, directoryOf } from '../../shared/domain/organisation.ts'
import { useAnswer } from './queries.ts'

/** The organisation's people and places, or undefined until they are here. */
export function useDirectory(): Directory | undefined {
  const organisation = useAnswer('organisation.get').data
  return useMemo(() => (organisation ? directoryOf(organisation) : undefined), [organisation])
}
