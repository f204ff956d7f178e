import { madeByPrograms } from '../support/pdf/corpus.ts'
import { memoFile } from '../support/pdf/forms.ts'
import { type StoryForm, tellToEach } from '../support/pdf/letterStory.ts'

tellToEach({
  ...Object.fromEntries(
    Object.entries(madeByPrograms).map(([name, make]): [string, StoryForm] => [name, { make }]),
  ),
  'a file that poppler signed': {
    make: async ({ signByPoppler }) => signByPoppler(await memoFile()),
    signatures: 1,
  },
})
