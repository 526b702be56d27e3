export { assets } from './assets.ts'
export { chooseLanguage } from './language.ts'
export { messages } from './languages/index.ts'
export { identifierAddress, webAddress } from './links.ts'
export { localized } from './page.ts'
export { pageRoutes, problemPage } from './routes.ts'
export { preferred } from './text.ts'

/** What a browser may do on a page: show it with our own style sheets and images, and send our forms. No script. */
export const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
