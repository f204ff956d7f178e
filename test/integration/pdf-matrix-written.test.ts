import { writtenByHand } from '../support/pdf/corpus.ts'
import { type StoryForm, tellToEach } from '../support/pdf/letterStory.ts'

tellToEach(
  Object.fromEntries(
    Object.entries(writtenByHand).map(([name, make]): [string, StoryForm] => [name, { make }]),
  ),
)
