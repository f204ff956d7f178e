import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** Where the file `path`, such as `pdfjs-dist/package.json`, of an installed package is. */
export const packageFile = (path: string): string => require.resolve(path)
