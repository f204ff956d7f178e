import {
  PDFArray,
  PDFBool,
  PDFContext,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNull,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFWriter,
} from '@cantoo/pdf-lib'
import {
  isArray,
  isDictionary,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
  referenceTo,
} from '../structure/values.ts'

/** A file that is made from nothing, written by pdf-lib. Files that exist are only ever appended to (append.ts). */
export class NewFile {
  private readonly context = PDFContext.create()

  /** Adds an object; `null` reserves a number for `replace`. */
  add(value: PdfValue): PdfReference {
    return referenceTo(this.context.register(this.convert(value)).objectNumber)
  }

  /** Gives an object that was added its value. */
  replace(reference: PdfReference, value: PdfValue): void {
    this.context.assign(PDFRef.of(reference.number), this.convert(value))
  }

  /** The file's bytes, with a cross-reference table (ISO 32000-2, 7.5). */
  write(root: PdfReference, information: PdfDictionary): Promise<Uint8Array> {
    const { trailerInfo } = this.context
    trailerInfo.Root = PDFRef.of(root.number)
    trailerInfo.Info = this.convert(this.add(information))
    return PDFWriter.forContext(this.context, Number.POSITIVE_INFINITY).serializeToBuffer()
  }

  private convert(value: PdfValue): PDFObject {
    if (value === null) return PDFNull
    if (typeof value === 'boolean') return value ? PDFBool.True : PDFBool.False
    if (typeof value === 'number') return PDFNumber.of(value)
    if (isArray(value)) {
      const array = PDFArray.withContext(this.context)
      for (const item of value) array.push(this.convert(item))
      return array
    }
    if (isDictionary(value)) return this.dictionary(value)
    if (value.kind === 'name') return PDFName.of(value.name)
    if (value.kind === 'reference') return PDFRef.of(value.number, value.generation)
    if (value.kind === 'string') return PDFHexString.of(Buffer.from(value.bytes).toString('hex'))
    if (value.kind === 'stream') return PDFRawStream.of(this.dictionary(value.dictionary), value.encoded)
    throw new Error(`a new file has no ${value.kind} value`)
  }

  private dictionary(entries: PdfDictionary): PDFDict {
    const dictionary = PDFDict.withContext(this.context)
    for (const [key, value] of entries) dictionary.set(PDFName.of(key), this.convert(value))
    return dictionary
  }
}
