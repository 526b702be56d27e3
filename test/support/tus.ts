import { Agent } from 'node:http'
import { DefaultHttpStack, Upload, type UploadOptions } from 'tus-js-client'

/** Every name is this machine: an institution is known by the Host that goes along. */
const agent = new Agent({ lookup: (_host, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }]) })

/** Options of a tus client that reaches institutions at their own addresses. */
export const tusOptions = (token: string, more: Partial<UploadOptions>): UploadOptions => ({
  headers: { authorization: `Bearer ${token}` },
  httpStack: new DefaultHttpStack({ agent }),
  retryDelays: null,
  ...more,
})

/** Sends a file by tus-js-client to its end; the address of the upload. */
export function upload(bytes: Buffer, options: UploadOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const sending: Upload = new Upload(bytes, {
      ...options,
      onSuccess: () => resolve(sending.url as string),
      onError: reject,
    })
    sending.start()
  })
}
