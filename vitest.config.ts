import { defineConfig } from 'vitest/config'

/** Milliseconds for what starts processes or evaluates the whole definition, on a slow machine. */
const SLOW = 120_000

/** For what deploys a whole stack, after programs were compiled for it. */
const LONG = 3_600_000

/** What is waited for comes when it comes: on a busy machine later than in the second that is usual. */
const patient = { poll: { timeout: 15_000 } }

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{app,infra,tools}/**/*.test.{ts,tsx}', 'test/*.test.ts'],
          exclude: ['**/*.services.test.ts'],
          globalSetup: 'test/setup/postgres.ts',
          expect: patient,
          testTimeout: 30_000,
          hookTimeout: SLOW,
        },
      },
      {
        test: {
          name: 'definition',
          include: ['test/definition/**/*.test.ts', 'policies/**/*.test.ts'],
          // Files that one process runs share the evaluated stacks.
          isolate: false,
          testTimeout: SLOW,
          hookTimeout: SLOW,
        },
      },
      {
        test: {
          name: 'acceptance',
          include: ['test/acceptance/**/*.test.ts'],
          globalSetup: 'test/setup/acceptance.ts',
          testTimeout: 30_000,
          hookTimeout: SLOW,
        },
      },
      {
        test: {
          name: 'start',
          include: ['test/start/**/*.test.ts'],
          testTimeout: SLOW,
          hookTimeout: SLOW,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: 'test/setup/postgres.ts',
          // Pages that are looked at at a time: each waits for the browser more than it works.
          maxConcurrency: 4,
          testTimeout: SLOW,
          hookTimeout: SLOW,
        },
      },
      {
        test: {
          name: 'services',
          include: ['app/**/*.services.test.ts', 'test/services/**/*.test.ts'],
          globalSetup: 'test/setup/postgres.ts',
          expect: patient,
          testTimeout: SLOW,
          hookTimeout: SLOW,
        },
      },
      {
        test: {
          name: 'edge',
          include: ['test/edge/**/*.test.ts', 'test/acceptance/**/*.test.ts'],
          globalSetup: 'test/setup/edge.ts',
          testTimeout: 30_000,
          hookTimeout: SLOW,
        },
      },
      {
        test: {
          name: 'pgpool',
          include: ['test/acceptance/**/*.test.ts'],
          globalSetup: 'test/setup/pgpool.ts',
          expect: patient,
          testTimeout: 30_000,
          hookTimeout: SLOW,
        },
      },
      {
        test: {
          name: 'engine',
          include: ['test/engine/**/*.test.ts'],
          // One after the other: each has a control plane or the whole machine to itself.
          fileParallelism: false,
          testTimeout: LONG,
          hookTimeout: LONG,
        },
      },
      {
        test: {
          name: 'cluster',
          include: ['test/cluster/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: LONG,
          hookTimeout: LONG,
        },
      },
      {
        test: {
          name: 'conformance',
          include: ['test/conformance/**/*.test.ts'],
          globalSetup: 'test/setup/postgres.ts',
          expect: patient,
          testTimeout: SLOW,
          hookTimeout: SLOW,
        },
      },
    ],
  },
})
