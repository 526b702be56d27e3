export { assets } from './assets.ts'
export { chooseLanguage } from './language.ts'
export { messages } from './languages/index.ts'
export { identifierAddress, webAddress } from './links.ts'
export { localized } from './page.ts'
export { pageRoutes, problemPage } from './routes.ts'
export { preferred } from './text.ts'

/**
 * What a browser may do on a page: show it with our own files, run our own scripts, and send our forms. Nothing that
 * stands in a page runs, and no script can make a text into markup or code: the one policy named is that by which
 * scripts/pdf.ts names its worker.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "media-src 'self'",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types kura',
].join('; ')
