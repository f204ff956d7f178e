/** The levels of PAdES (ETSI EN 319 142-1, 6), each with all of those before it. */
export const signedLevels = ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const

export type SignedLevel = (typeof signedLevels)[number]
