import * as form from './forms.ts'
import { kept } from './kept.ts'
import * as odd from './oddForms.ts'
import { type OfficeExport, officeLetters } from './officeForms.ts'
import * as pages from './pageForms.ts'
import { formFile, hybridFile, inheritingFile } from './rawFile.ts'
import * as revisions from './revisionForms.ts'
import * as scans from './scanForms.ts'
import * as sections from './sectionForms.ts'
import { convert } from './tools.ts'

/** Makes one form. */
export type Maker = () => Promise<Uint8Array> | Uint8Array

const a4 = '0 0 595.32 841.92'
const memo = form.memoFile

let office: ReturnType<typeof officeLetters> | undefined
const exported =
  (name: OfficeExport): Maker =>
  () =>
    kept(`office ${name}`, async () => {
      office ??= officeLetters()
      return (await office)[name]
    })

const printed =
  (name: string, ...options: string[]): Maker =>
  () =>
    kept(`chromium ${name}`, () => form.chromiumLetter(...options))

/** Forms that programs make or change. */
export const madeByPrograms = {
  'a memo of our own': () => memo(),
  'a letter printed by Chromium': printed('plain', '--disable-pdf-tagging'),
  'a letter printed by Chromium with tags and outline': printed('tagged', '--generate-pdf-document-outline'),
  'a letter exported by LibreOffice Writer': exported('plain'),
  'tagged PDF/A-1b': exported('PDF/A-1b'),
  'tagged PDF/A-2b': exported('PDF/A-2b'),
  'tagged PDF/A-3b': exported('PDF/A-3b'),
  'PDF 1.5': exported('PDF 1.5'),
  'tagged PDF 1.7 with bookmarks': exported('PDF 1.7 with bookmarks'),
  'PDF/UA': exported('PDF/UA'),
  'a form exported by LibreOffice Writer': exported('a form'),
  'object and cross-reference streams': async () => form.withObjectStreams(await memo()),
  'a linearized file': async () => form.linearized(await memo()),
  'a linearized file with object streams': async () => form.linearizedWithObjectStreams(await memo()),
  'a file for reading, by qpdf': async () => convert(await memo(), 'qpdf', '--qdf', 'IN', 'OUT'),
  'a file packed by mutool': async () => convert(await memo(), 'mutool', 'clean', '-gggg', '-z', 'IN', 'OUT'),
  'a file drawn anew by cairo': async () => convert(await memo(), 'pdftocairo', '-pdf', 'IN', 'OUT'),
  'two files united by poppler': async () => convert(await memo(), 'pdfunite', 'IN', 'IN', 'OUT'),
  'a table attached by poppler': async () => form.attachedByPoppler(await memo()),
  'a revision appended by mutool': async () => form.updatedByMutool(await memo()),
  'a revision appended to object streams': async () =>
    form.updatedByMutool(await form.withObjectStreams(await memo())),
  'a revision appended to a linearized file': async () =>
    form.updatedByMutool(await form.linearized(await memo())),
  'a scan': async () => scans.scanOf(await memo()),
  'a scan packed as a fax': async () => scans.faxOf(await memo()),
  'a scan in JPEG 2000': async () => scans.jpeg2000Of(await memo()),
  'a scan of four pages in JBIG2': async () => scans.jbig2Of4Pages(await memo()),
  'a scan in layers': async () => scans.layeredScan(await memo()),
  'a scan with words behind it': async () => scans.searchableScan(await memo()),
  'pages turned by 90°': async () => form.turned(await memo(), 90),
  'pages turned by 180°': async () => form.turned(await memo(), 180),
  'pages turned by 270°': async () => form.turned(await memo(), 270),
  'bytes before the header': async () => form.withJunkBefore(await memo()),
  'bytes before the header of a linearized file': async () =>
    form.withJunkBefore(await form.linearized(await memo())),
  'bytes after the end': async () => odd.withJunkAfter(await memo()),
} satisfies Readonly<Record<string, Maker>>

/** Forms written by hand after what programs were seen to write, and after what the standard allows. */
export const writtenByHand = {
  'a letter as Word writes it': odd.wordLetter,
  'the same in object streams': () => form.withObjectStreams(odd.wordLetter()),
  'the same saved twice more': () => revisions.savedAgain(odd.wordLetter()),
  'a letter as Ghostscript writes it': sections.ghostscriptLetter,
  'a hybrid file': hybridFile,
  'a hybrid file saved twice more': () => revisions.savedAgain(hybridFile()),
  'thirty revisions': revisions.thirtyRevisions,
  'objects freed and used again': revisions.freedAndReused,
  'a table behind sections that are streams': () => revisions.savedAgain(sections.offsetsAlone()),
  'object streams that extend each other': sections.extendedStreams,
  'a section of offsets alone': sections.offsetsAlone,
  'a table in scattered subsections': sections.scatteredTable,
  'a table that begins at 1 by mistake': sections.startingAtOne,
  'entries of 19 bytes': sections.shortEntries,
  'objects of later generations': sections.generations,
  'object numbers from eight million on': () => sections.greatNumbers(8_000_000),
  'objects and entries that are null': sections.nullObjects,
  'great numbers and an object that cannot be read': sections.strangeObject,
  'comments everywhere': sections.comments,
  'names with escapes': sections.escapedNames,
  'values that are objects of their own': sections.indirectThroughout,
  'bytes before the header that offsets count in': sections.countedWithJunk,
  'line ends of one carriage return': () => odd.carriageReturns(odd.linked()),
  'a wrong list of free objects': odd.brokenFreeList,
  'values of every kind': odd.oddValues,
  'PDF 2.0 in its header': () => odd.version2(odd.boxed(a4)),
  'PDF 2.0 in its catalog': pages.versionInCatalog,
  'inherited boxes and resources, no annotations': () => inheritingFile(),
  'an inherited turn': () => inheritingFile({ rotate: 270 }),
  'boxes and turns from forty levels': pages.deepTree,
  'a hundred pages': odd.manyPages,
  'three thousand pages': () => pages.pagesOf(3000),
  'a cropped page': () => inheritingFile({ mediaBox: '-20 -30 700 900', cropBox: '30 20 600 800' }),
  'a page cropped to a strip': () => inheritingFile({ mediaBox: '0 0 595 842', cropBox: '0 300 595 480' }),
  'a page on its side': () => odd.boxed('0 0 841.89 595.28'),
  'a page of A5': () => odd.boxed('0 0 419.53 595.28'),
  'a page of A0': () => odd.boxed('0 0 2383.94 3370.39'),
  'boxes with more digits than poppler writes': () => odd.boxed('0 0 595.303937007874 841.889763779528'),
  'an origin below zero': () => odd.boxed('-300.5 -421.25 294.78 420.64'),
  'units of two points': () => odd.boxed('0 0 297.66 420.96', '/UserUnit 2'),
  'outlines and page labels': odd.outlined,
  'links in an array of their own': odd.linked,
  'comments by readers': pages.commented,
  layers: pages.layers,
  'an attachment': odd.withAttachment,
  'a form and a shared array of annotations': formFile,
  'fields of every kind': pages.everyField,
  'a field that waits for a signature': odd.waitingField,
  'fields that readers may draw anew': () => odd.needingAppearances(true),
} satisfies Readonly<Record<string, Maker>>

/** Every form by name. */
export const corpus: Readonly<Record<string, Maker>> = { ...madeByPrograms, ...writtenByHand }

const cutsHead = 'cuts off what precedes the header, and then looks for the signed range at the wrong place'
const leavesHeadOut = 'leaves out what precedes the header'

/** Where mupdf cannot say anything about a form's signatures, or poppler not sign it as others do, and why. */
export const weakJudges: Readonly<
  Record<string, { readonly mupdf?: string; readonly popplerAsSigner?: string }>
> = {
  'bytes before the header': { mupdf: cutsHead, popplerAsSigner: leavesHeadOut },
  'bytes before the header of a linearized file': { mupdf: cutsHead, popplerAsSigner: leavesHeadOut },
  'bytes before the header that offsets count in': { mupdf: cutsHead, popplerAsSigner: leavesHeadOut },
  'object numbers from eight million on': {
    popplerAsSigner: 'complains about each of the millions of numbers that are not used',
  },
  'values of every kind': {
    popplerAsSigner: 'writes ten decimals, and so changes a number of the page',
  },
  'objects and entries that are null': {
    popplerAsSigner: 'gives its own objects the numbers of free ones that the file names',
  },
}
