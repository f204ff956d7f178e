/** A PDF date on Bangkok's clock (ISO 32000-2, 7.9.4). */
export function pdfDate(date: Date): string {
  const bangkok = new Date(date.getTime() + 7 * 3_600_000)
  return `D:${bangkok.toISOString().slice(0, 19).replace(/[-:T]/g, '')}+07'00'`
}
