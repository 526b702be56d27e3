export { findMoved } from './former-addresses.ts'
export { sweepCalls } from './keyed-call.ts'
export { importRoutes } from './routes.ts'
