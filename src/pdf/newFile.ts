import { createHash } from 'node:crypto'
import { formatObject, formatValue } from './serialize.ts'
import { dictionaryOf, type PdfDictionary, type PdfReference, type PdfValue, referenceTo } from './values.ts'

/** The objects of a file that is made from nothing. */
export class NewFile {
  private readonly objects: PdfValue[] = []

  /** Adds an object; `null` reserves a number for `replace`. */
  add(value: PdfValue): PdfReference {
    this.objects.push(value)
    return referenceTo(this.objects.length)
  }

  /** Gives an object that was added its value. */
  replace(reference: PdfReference, value: PdfValue): void {
    this.objects[reference.number - 1] = value
  }

  /** The file's bytes, with a cross-reference table (ISO 32000-2, 7.5). */
  write(root: PdfReference, information: PdfDictionary): Uint8Array {
    const info = this.add(information)
    const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')]
    let end = parts[0]?.length ?? 0
    let table = `xref\n0 ${this.objects.length + 1}\n0000000000 65535 f \n`
    this.objects.forEach((value, index) => {
      table += `${String(end).padStart(10, '0')} 00000 n \n`
      const bytes = formatObject(index + 1, 0, value)
      parts.push(bytes)
      end += bytes.length
    })
    const id = { kind: 'string', bytes: hashOf(parts) } as const
    const trailer = dictionaryOf({ Size: this.objects.length + 1, Root: root, Info: info, ID: [id, id] })
    parts.push(Buffer.from(`${table}trailer\n${formatValue(trailer)}\nstartxref\n${end}\n%%EOF\n`, 'latin1'))
    return new Uint8Array(Buffer.concat(parts))
  }
}

function hashOf(parts: readonly Buffer[]): Uint8Array {
  const hash = createHash('md5')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
