/** What fills a text's {placeholders}. */
export type FillValues = Readonly<Record<string, string | number>>

/** Fills {name} in `text`. A placeholder without a value is a bug and stays visible. */
export const fill = (text: string, values: FillValues = {}): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole))
