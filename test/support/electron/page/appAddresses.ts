/**
 * Lets a page ask for its app's own addresses (app://host/path), which the browser knows by another name. Runs
 * in the page's own world as its own source text, so it refers to nothing outside itself.
 */
export function translateAppAddresses(schemes: readonly string[]): void {
  const pattern = new RegExp(`^(${schemes.join('|')})://([^/?#]+)`, 'i')
  const translate = (address: unknown): string =>
    String(address).replace(
      pattern,
      (_whole, scheme: string, host: string) => `https://${host}.${scheme}.invalid`,
    )

  const { fetch, Request } = window
  const { open } = XMLHttpRequest.prototype
  const { setAttribute } = Element.prototype
  const source = (input: RequestInfo | URL): RequestInfo =>
    input instanceof Request ? input : translate(input)

  window.fetch = (input, init) => fetch.call(window, source(input), init)
  window.Request = class extends Request {
    constructor(input: RequestInfo | URL, init?: RequestInit) {
      super(source(input), init)
    }
  }
  XMLHttpRequest.prototype.open = function (
    this: XMLHttpRequest,
    method: string,
    url: string | URL,
    ...rest: [boolean?, string?, string?]
  ) {
    Reflect.apply(
      open,
      this,
      rest.length === 0 ? [method, translate(url)] : [method, translate(url), ...rest],
    )
  }
  Element.prototype.setAttribute = function (name, value) {
    setAttribute.call(this, name, /^(src|href|data)$/i.test(name) ? translate(value) : value)
  }
  for (const { prototype } of [HTMLImageElement, HTMLIFrameElement, HTMLEmbedElement, HTMLMediaElement]) {
    const native = Object.getOwnPropertyDescriptor(prototype, 'src')!
    Object.defineProperty(prototype, 'src', {
      ...native,
      set(value: unknown) {
        native.set!.call(this, translate(value))
      },
    })
  }
}
