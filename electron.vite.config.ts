import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const commonJs = { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' } as const

/** Main, its worker and child processes and the preload as CommonJS, packages left outside; the page as modules. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: {
          index: 'src/main/index.ts',
          storeWorker: 'src/main/processes/storeWorker.ts',
          tokenHost: 'src/main/processes/tokenHost.ts',
          documentProcess: 'src/main/processes/documentProcess.ts',
          inkWorker: 'src/signing/verification/inkWorker.ts',
        },
        output: commonJs,
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rollupOptions: { input: { index: 'src/preload/index.ts' }, output: commonJs },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: { outDir: 'out/renderer', minify: true, rollupOptions: { input: 'src/renderer/index.html' } },
  },
})
