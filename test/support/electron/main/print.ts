import type * as Electron from 'electron'
import type { Protocol } from '../browser/devtoolsPipe.ts'

type PageSize = NonNullable<Electron.PrintToPDFOptions['pageSize']>

/** Width and height in inches. */
const PAGE_SIZES: Readonly<Record<string, readonly [number, number]>> = {
  A0: [33.1, 46.8],
  A1: [23.4, 33.1],
  A2: [16.54, 23.4],
  A3: [11.7, 16.54],
  A4: [8.27, 11.7],
  A5: [5.83, 8.27],
  A6: [4.13, 5.83],
  Legal: [8.5, 14],
  Letter: [8.5, 11],
  Tabloid: [11, 17],
}

function paper(size: PageSize): readonly [number, number] {
  if (typeof size !== 'string') return [size.width, size.height]
  const found = PAGE_SIZES[size]
  if (!found) throw new Error(`Invalid pageSize ${size}`)
  return found
}

/** Electron's options in the words of DevTools; sizes and margins are inches in both. */
export function printParameters(options: Electron.PrintToPDFOptions): Protocol.Page.printToPDFParameters {
  const [paperWidth, paperHeight] = paper(options.pageSize ?? 'Letter')
  const margins = options.margins ?? {}
  return {
    paperWidth,
    paperHeight,
    marginTop: margins.top ?? 0.4,
    marginBottom: margins.bottom ?? 0.4,
    marginLeft: margins.left ?? 0.4,
    marginRight: margins.right ?? 0.4,
    landscape: options.landscape ?? false,
    printBackground: options.printBackground ?? false,
    displayHeaderFooter: options.displayHeaderFooter ?? false,
    scale: options.scale ?? 1,
    pageRanges: options.pageRanges ?? '',
    headerTemplate: options.headerTemplate ?? '',
    footerTemplate: options.footerTemplate ?? '',
    preferCSSPageSize: options.preferCSSPageSize ?? false,
    generateTaggedPDF: options.generateTaggedPDF ?? false,
    generateDocumentOutline: options.generateDocumentOutline ?? false,
  }
}
