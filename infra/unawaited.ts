/**
 * Annotations of what `pulumi up` is not to wait for. A Service among them: it comes before its pods, and whoever needs
 * them waits for their Deployment. Waiting for them itself, it would hold one of the few places in which `up` works, and
 * with as many cells as places no Deployment would ever get one.
 */
export const UNAWAITED = { 'pulumi.com/skipAwait': 'true' }
