import { defineConfig } from 'vitest/config'

/**
 * Unit tests stand beside the code; integration tests use real servers, tokens and files. `npm test` runs both;
 * the longer forms in test/soak run with `npm run soak`.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // A checkout whose patches are newer than its packages would fail in a hundred places.
    globalSetup: ['scripts/patchPackages.mjs'],
    projects: [
      { test: { name: 'unit', include: ['src/**/*.test.ts'], testTimeout: 20_000 } },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'soak',
          include: ['test/soak/**/*.test.ts'],
          testTimeout: 3_600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
})
