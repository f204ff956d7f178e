/** An event whose default action a listener may prevent, as Electron hands it to listeners. */
export interface Cancellable {
  defaultPrevented: boolean
  preventDefault(): void
}

/** A new event with `details` as further fields. */
export function cancellable<Details extends object>(details: Details = {} as Details): Cancellable & Details {
  return {
    ...details,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true
    },
  }
}
