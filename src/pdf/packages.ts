import { createRequire } from 'node:module'

// The same source runs as an ES module and bundled to CommonJS; only the latter has __filename.
const require = createRequire(typeof __filename === 'string' ? __filename : import.meta.url)

/** Where the file `path`, such as `pdfjs-dist/package.json`, of an installed package is. */
export const packageFile = (path: string): string => require.resolve(path)
