import type { PdfFile } from '../../pdf/structure/document.ts'
import type { FormField } from '../../pdf/structure/fields.ts'
import {
  isArray,
  isDictionary,
  isName,
  isStream,
  isString,
  type PdfDictionary,
  type PdfValue,
  readText,
} from '../../pdf/structure/values.ts'
import { skeleton } from '../../pdf/text/skeleton.ts'
import { judgeAppearance } from './appearance.ts'
import { textOfAppearance } from './appearanceText.ts'
import type { Change } from './changeKinds.ts'
import { changedKeys, isSame } from './compare.ts'
import type { Comparison } from './comparison.ts'

const readOnly = 1

/**
 * Judges the filling in of a field. It had no value when it was signed, or only an author has certified the file and
 * let others fill it in; nothing but value and look changed; and the look shows the value, as far as can be judged.
 */
export function judgeFilling(comparison: Comparison, before: FormField, after: FormField): Change['kind'] {
  const { earlier, later, permissions } = comparison
  if ((before.flags & readOnly) !== 0) return 'form-field-changed'
  if (!isEmpty(earlier.resolve(before.value)) && !permissions.isOnlyCertified) return 'form-field-changed'
  const own = before.reference?.number ?? 0
  const widgets: PdfDictionary[] = []
  for (const number of new Set([own, ...before.widgets])) {
    const [old, now] = [earlier.object(number), later.object(number)]
    if (!isDictionary(old) || !isDictionary(now)) return 'form-field-changed'
    const allowed = number === own ? ['V', 'AP', 'AS', 'I', 'TI', 'M'] : ['AP', 'AS', 'M']
    if (!changedKeys(old, now).every((key) => allowed.includes(key))) return 'form-field-changed'
    if (before.type === 'Btn' && !isSame(old.get('AP') ?? null, now.get('AP') ?? null))
      return 'shadow-replace'
    if (!keepsOtherLooks(comparison, old, now)) return 'shadow-replace'
    if (now.has('Rect')) widgets.push(now)
  }
  if (before.type === 'Btn') return isSwitched(later, after, widgets) ? 'form-filled' : 'shadow-replace'
  if (before.type !== 'Tx' && before.type !== 'Ch') return 'form-field-changed'
  const isShown = widgets.every((widget) => shows(later, widget, after))
  return isShown ? 'form-filled' : 'shadow-replace'
}

const isEmpty = (value: PdfValue | undefined): boolean =>
  value === undefined ||
  value === null ||
  (isString(value) && (readText(value) ?? '') === '') ||
  (isName(value) && (value.name === 'Off' || value.name === '')) ||
  (isArray(value) && value.length === 0)

/** The looks under the pointer and the mouse's button stay as they were. */
function keepsOtherLooks({ earlier, later }: Comparison, old: PdfDictionary, now: PdfDictionary): boolean {
  const [before, after] = [earlier.dictionary(old.get('AP')), later.dictionary(now.get('AP'))]
  return ['D', 'R'].every((key) => isSame(before?.get(key) ?? null, after?.get(key) ?? null))
}

/** A check box or radio button shows one of the looks that it was signed with, and the value says which. */
function isSwitched(file: PdfFile, field: FormField, widgets: readonly PdfDictionary[]): boolean {
  const value = file.resolve(field.value)
  if (!isName(value)) return false
  const states = widgets.map((widget) => {
    const state = file.resolve(widget.get('AS'))
    const looks = file.dictionary(file.dictionary(widget.get('AP'))?.get('N'))
    const name = isName(state) ? state.name : 'Off'
    return name === 'Off' || (name === value.name && looks?.has(name) === true) ? name : undefined
  })
  return !states.includes(undefined) && (value.name === 'Off' || states.includes(value.name))
}

/** Whether a text or choice field's look shows its value and nothing else. */
function shows(file: PdfFile, widget: PdfDictionary, field: FormField): boolean {
  const look = file.resolve(file.dictionary(widget.get('AP'))?.get('N'))
  if (!isStream(look) || judgeAppearance(file, look) !== undefined) return false
  const shown = textOfAppearance(file, look)
  if (shown === undefined) return false
  const texts = shownTexts(file, field)
  return texts.some((text) => isSameText(text, shown))
}

/** What may show: the value, and in a choice field what stands for it; a list shows all its options. */
function shownTexts(file: PdfFile, field: FormField): string[] {
  const value = file.resolve(field.value)
  const chosen = (isArray(value) ? value : [value]).map((item) => readText(file.resolve(item)) ?? '')
  const options = (file.array(field.dictionary.get('Opt')) ?? []).map((option) => {
    const [exported, label] = file.array(option) ?? [option, option]
    return [readText(file.resolve(exported)) ?? '', readText(file.resolve(label)) ?? ''] as const
  })
  const labels = chosen.map((text) => options.find(([exported]) => exported === text)?.[1] ?? text)
  const all = options.map(([, label]) => label).join('')
  return field.type === 'Ch' ? [chosen.join(''), labels.join(''), all] : [chosen.join('')]
}

/** Scripts of the form may write a number with separators; fonts may lose Thai vowels on the way back to text. */
function isSameText(value: string, shown: string): boolean {
  const [one, other] = [skeleton(value.normalize('NFC')), skeleton(shown.normalize('NFC'))]
  if (one === other) return true
  const numbers = [one, other].map((text) =>
    /^-?[\d,]+(\.\d+)?$/.test(text) ? Number(text.replaceAll(',', '')) : NaN,
  )
  return numbers[0] === numbers[1]
}
