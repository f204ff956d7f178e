import { readFile } from 'node:fs/promises'
import { packageFile } from '../structure/packages.ts'

export type HarfBuzz = typeof import('harfbuzzjs')

/** The parts of harfbuzz-subset.wasm's interface that subsetting needs; pointers are numbers. */
interface SubsetExports {
  readonly memory: WebAssembly.Memory
  malloc(size: number): number
  free(pointer: number): void
  hb_blob_create(data: number, length: number, mode: number, user: number, destroy: number): number
  hb_blob_destroy(blob: number): void
  hb_blob_get_data(blob: number, length: number): number
  hb_blob_get_length(blob: number): number
  hb_face_create(blob: number, index: number): number
  hb_face_destroy(face: number): void
  hb_face_reference_blob(face: number): number
  hb_set_add(set: number, value: number): void
  hb_subset_input_create_or_fail(): number
  hb_subset_input_destroy(input: number): void
  hb_subset_input_glyph_set(input: number): number
  hb_subset_input_set(input: number, type: number): number
  hb_subset_input_set_flags(input: number, flags: number): void
  hb_subset_or_fail(face: number, input: number): number
}

const noHinting = 1
const retainGlyphIds = 2
const writable = 2
const dropTables = 3

/** Keeps only `glyphs` of a TrueType font; glyph numbers stay as they are, layout tables go. */
export type Subset = (font: Uint8Array, glyphs: Iterable<number>) => Uint8Array

let loading: Promise<{ harfbuzz: HarfBuzz; subset: Subset }> | undefined

/** HarfBuzz for shaping and for subsetting, loaded once. */
export function loadHarfBuzz(): Promise<{ harfbuzz: HarfBuzz; subset: Subset }> {
  loading ??= load()
  return loading
}

async function load(): Promise<{ harfbuzz: HarfBuzz; subset: Subset }> {
  const [harfbuzz, wasm] = await Promise.all([
    import('harfbuzzjs'),
    readFile(packageFile('harfbuzzjs/dist/harfbuzz-subset.wasm')),
  ])
  const { instance } = await WebAssembly.instantiate(wasm)
  return { harfbuzz, subset: subsetWith(instance.exports as unknown as SubsetExports) }
}

function subsetWith(library: SubsetExports): Subset {
  return (font, glyphs) => {
    const data = library.malloc(font.length)
    new Uint8Array(library.memory.buffer).set(font, data)
    const blob = library.hb_blob_create(data, font.length, writable, 0, 0)
    const face = library.hb_face_create(blob, 0)
    library.hb_blob_destroy(blob)
    const input = library.hb_subset_input_create_or_fail()
    const kept = library.hb_subset_input_glyph_set(input)
    for (const glyph of glyphs) library.hb_set_add(kept, glyph)
    library.hb_subset_input_set_flags(input, retainGlyphIds | noHinting)
    const dropped = library.hb_subset_input_set(input, dropTables)
    for (const table of ['GSUB', 'GPOS', 'GDEF', 'kern', 'name', 'DSIG', 'STAT'])
      library.hb_set_add(dropped, Buffer.from(table, 'latin1').readUInt32BE())
    const made = library.hb_subset_or_fail(face, input)
    library.hb_subset_input_destroy(input)
    if (made === 0) throw new Error('the font cannot be subset')
    const result = library.hb_face_reference_blob(made)
    const at = library.hb_blob_get_data(result, 0)
    const out = new Uint8Array(library.memory.buffer).slice(at, at + library.hb_blob_get_length(result))
    library.hb_blob_destroy(result)
    library.hb_face_destroy(made)
    library.hb_face_destroy(face)
    library.free(data)
    return out
  }
}
