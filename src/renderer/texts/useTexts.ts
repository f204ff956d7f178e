import { createContext, useContext } from 'react'
import { type Texts, textsFor } from './texts.ts'

export const TextsContext = createContext<Texts>(textsFor({ language: 'th', digits: 'arabic' }))

/** The texts of the language that the user reads. */
export const useTexts = (): Texts => useContext(TextsContext)
