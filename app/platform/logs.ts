import pino, { type Logger } from 'pino'

export type Log = Logger

/** Logs are JSON lines on standard output. Authorization and cookies never reach them: requests are not logged whole. */
export const createLog = (process: string, level = 'info'): Log =>
  pino({
    level,
    base: { process },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  })
