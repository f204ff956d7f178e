import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import type { ExchangeCode } from '../letterForExchange.ts'
import { childText, type XmlElement } from './readXml.ts'

/** Lists that a node has (3.3.1 to 3.3.5), by the question for each, with the elements that hold code and name. */
export const lookups = {
  ministries: { question: 'GetMinistryOrganizationList', code: ['MinistryID'] },
  departments: { question: 'GetOrganizationList', code: ['OrganizationID'] },
  secrecy: { question: 'GetSecretCodes', code: ['Code', 'SecretCode', 'ID'] },
  speed: { question: 'GetSpeedCodes', code: ['Code', 'SpeedCode', 'ID'] },
  fileTypes: { question: 'GetMimeCodes', code: ['Code', 'MimeCode', 'ID'] },
} as const

const NAMES = ['Th-Name', 'Name', 'name', 'Description']
const THAI = /[\u0E00-\u0E7F]/

/** The name of a list. */
export type Lookup = keyof typeof lookups

/**
 * Reads a list wherever in the answer its rows are: nodes nest and name them differently. The Thai name is taken
 * where there are two. Refuses exchange-answer-odd when there is no row at all.
 */
export function readCodes(answer: XmlElement, lookup: Lookup): Outcome<ExchangeCode[]> {
  const rows: ExchangeCode[] = []
  const look = (one: XmlElement) => {
    const code = lookups[lookup].code.map((name) => childText(one, name)).find(Boolean)
    if (code) {
      const names = one.children.filter(({ name }) => NAMES.includes(name)).map(({ text }) => text.trim())
      rows.push({ code, name: names.find((name) => THAI.test(name)) ?? names[0] ?? '' })
    } else one.children.forEach(look)
  }
  look(answer)
  return rows.length > 0 ? accept(rows) : refuse('exchange-answer-odd', { what: lookups[lookup].question })
}
