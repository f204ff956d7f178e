/** The id of the search field. */
export const FIELD_ID = 'search-field'
/** The id of the list of what was found. */
export const FOUND_ID = 'search-found'

/** Goes to the search field with its text selected. */
export function focusField(): void {
  const field = document.getElementById(FIELD_ID)
  if (field instanceof HTMLInputElement) {
    field.focus()
    field.select()
  }
}

/** Goes to the first letter that was found, and opens it when asked to. */
export function focusFirstFound(open: boolean): void {
  const first = document.querySelector<HTMLElement>(`#${FOUND_ID} button`)
  first?.focus()
  if (open) first?.click()
}

/** The button of a found letter. */
export const foundButton = (letterId: string): HTMLElement | null =>
  document.querySelector(`#${FOUND_ID} [data-letter-id="${letterId}"]`)
