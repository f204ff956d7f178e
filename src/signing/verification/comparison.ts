import type { PdfFile } from '../../pdf/structure/document.ts'
import { type FormField, readFields } from '../../pdf/structure/fields.ts'
import { isReference, type PdfDictionary, type PdfValue } from '../../pdf/structure/values.ts'
import type { Change, SuspiciousChange } from './changeKinds.ts'
import { addedItems, isSame } from './compare.ts'
import { type Permissions, readPermissions } from './permissions.ts'

/** How a change of an object is judged by the part that it plays in the signed revision; it notes what it finds. */
export type Role = (before: PdfValue, after: PdfValue) => void

/** Two revisions of a file, and what has been noted about their differences. */
export class Comparison {
  readonly earlier: PdfFile
  readonly later: PdfFile
  readonly permissions: Permissions
  /** Objects that may change only where nothing names them besides `uses`. */
  readonly guarded = new Set<number>()
  /** The entries of the signed revision through which the change of a guarded object is judged. */
  readonly uses = new Map<PdfDictionary, Set<string>>()
  /** Objects with the looks of widgets that now name others: they may be left only where they were the widgets’ own. */
  readonly dropped = new Set<number>()
  readonly #roles = new Map<number, Role[]>()
  readonly #changes = new Map<string, Change>()

  #laterFields: ReadonlyMap<number, FormField> | undefined

  constructor(earlier: PdfFile, later: PdfFile) {
    this.earlier = earlier
    this.later = later
    this.permissions = readPermissions(earlier)
  }

  /** The field of the later revision that is the object with this number. */
  laterField(number: number): FormField | undefined {
    this.#laterFields ??= new Map(
      readFields(this.later).flatMap((field) =>
        field.reference === undefined ? [] : [[field.reference.number, field]],
      ),
    )
    return this.#laterFields.get(number)
  }

  get changes(): readonly Change[] {
    return [...this.#changes.values()]
  }

  /** Notes a change; one that is seen from two sides is noted once. */
  note(change: Change): void {
    const { kind, object, field } = change
    const key = `${kind} ${object ?? `${field ?? ''} ${change.page ?? ''}`}`
    this.#changes.set(key, { ...this.#changes.get(key), ...change })
  }

  /** Gives an object a role; one with several has to satisfy all of them. */
  give(value: PdfValue | undefined, role: Role): void {
    if (!isReference(value)) return
    const roles = this.#roles.get(value.number)
    if (roles === undefined) this.#roles.set(value.number, [role])
    else roles.push(role)
  }

  /** Gives a role to the object that an entry names; it may change only as long as that is its use. */
  guard(holder: PdfDictionary | undefined, key: string, role: Role): void {
    const value = holder?.get(key)
    if (holder === undefined || value === undefined) return
    const keys = this.uses.get(holder)
    if (keys === undefined) this.uses.set(holder, new Set([key]))
    else keys.add(key)
    if (isReference(value)) this.guarded.add(value.number)
    this.give(value, role)
  }

  /** Notes that a widget names another dictionary of looks than before. */
  noteDroppedLook(widget: number): void {
    const [before, after] = [this.earlier, this.later].map((file) =>
      file.dictionary(file.object(widget))?.get('AP'),
    )
    if (isReference(before) && !isSame(before, after)) this.dropped.add(before.number)
  }

  /** Lets its roles judge a changed object. False when it has none. */
  judge(number: number): boolean {
    const roles = this.#roles.get(number)
    for (const role of roles ?? []) role(this.earlier.object(number), this.later.object(number))
    return roles !== undefined
  }

  /** What an array got, and whether it kept all that it had in order. */
  additions(
    before: PdfValue | undefined,
    after: PdfValue | undefined,
  ): { readonly added: readonly PdfValue[]; readonly isKept: boolean } {
    const items = (this.earlier.resolve(before) ?? null) === null ? [] : this.earlier.array(before)
    const grown = this.later.array(after)
    if (items === undefined || grown === undefined) return { added: [], isKept: false }
    const added = addedItems(items, grown)
    return added === undefined ? { added: [], isKept: false } : { added, isKept: true }
  }

  /** Whether the value names an object that was in the signed file before, so that it was prepared there. */
  isPrepared(value: PdfValue | undefined): boolean {
    if (Array.isArray(value)) return value.some((item: PdfValue) => this.isPrepared(item))
    if (!isReference(value)) return false
    const place = this.earlier.crossReference.places.get(value.number)
    return place !== undefined && place.at !== 'free'
  }

  /** The kind of a change that puts `value` where something else was. */
  replacement(value: PdfValue | undefined, kind: SuspiciousChange): SuspiciousChange {
    if ((value ?? null) === null) return 'shadow-hide'
    return this.isPrepared(value) ? 'shadow-hide-and-replace' : kind
  }
}
