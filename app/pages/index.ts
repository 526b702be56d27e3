export { assets } from './assets.ts'
export { localized } from './page.ts'
export { pageRoutes, problemPage } from './routes.ts'

/** What a browser may do on a page: show it with our own files, run our own scripts, and send our forms. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')
