import { defineConfig } from '@playwright/test'

/** End-to-end tests drive the built app: on the Electron stand-in, or on real Electron with SARABAN_ELECTRON=real. */
export default defineConfig({
  testDir: 'test/e2e',
  workers: 1,
  timeout: 120_000,
  forbidOnly: true,
  retries: 0,
  outputDir: 'test-results',
})
