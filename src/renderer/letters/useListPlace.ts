import { useEffect, useRef } from 'react'
import type { LetterRow } from '../../shared/contract/views.ts'

/** The letter of a list that was open last. */
interface ListPlace {
  readonly letterId: string | null
  /** Where it stands, or stood before it left the list; undefined when none of the list was open. */
  readonly leftAt: number | undefined
}

/** Remembers where in the list the open letter stands, so that work goes on there when it has left the folder. */
export function useListPlace(rows: readonly LetterRow[], openId: string | null, listName: string): ListPlace {
  const kept = useRef<ListPlace & { readonly listName: string }>({
    letterId: null,
    leftAt: undefined,
    listName,
  })
  const index = rows.findIndex((row) => row.letterId === openId)
  useEffect(() => {
    if (index !== -1) kept.current = { letterId: openId, leftAt: index, listName }
  }, [index, openId, listName])
  const last = kept.current.listName === listName ? kept.current : { letterId: null, leftAt: undefined }
  if (openId === null) return last
  if (index !== -1) return { letterId: openId, leftAt: index }
  return { letterId: openId, leftAt: last.letterId === openId ? last.leftAt : undefined }
}
