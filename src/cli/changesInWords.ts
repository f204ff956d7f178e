import { type Change, changeWords, isSuspicious } from '../signing/verification/changeKinds.ts'

/** Each kind of change once, with how often and where it was found; what voids signatures stands out. */
export function changesInWords(changes: readonly Change[]): string[] {
  const kinds = new Map<Change['kind'], Change[]>()
  for (const change of changes) kinds.set(change.kind, [...(kinds.get(change.kind) ?? []), change])
  return [...kinds.values()].map((alike) => {
    const [first] = alike
    if (first === undefined) return ''
    const { th, en } = changeWords(first)
    const pages = [...new Set(alike.flatMap(({ page }) => (page === undefined ? [] : [page])))]
    const where = pages.length === 0 ? '' : ` (หน้า · page ${pages.join(', ')})`
    return `      ${isSuspicious(first) ? '✗' : '+'} ${th} · ${en}${where}`
  })
}
