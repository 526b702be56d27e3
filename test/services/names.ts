import { createSocket } from 'node:dgram'
import { once } from 'node:events'

const HEADER = 12
/** A response with one answer, to a question that was asked recursively (RFC 1035, section 4.1.1). */
const ANSWERED = [0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]
/** The name that was asked for; an address (A) of the Internet, good for a second (section 4.1.3). */
const THIS_MACHINE = [0xc0, HEADER, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 127, 0, 0, 1]

/** A name server for which every name leads to this machine. */
export async function runNameServer() {
  const socket = createSocket('udp4')
  socket.on('message', (asked, { port, address }) => {
    // The question ends after its name (labels up to an empty one), its type and its class.
    const question = asked.subarray(HEADER, asked.indexOf(0, HEADER) + 5)
    const answer = [asked.subarray(0, 2), Buffer.from(ANSWERED), question, Buffer.from(THIS_MACHINE)]
    socket.send(Buffer.concat(answer), port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return { address: `127.0.0.1:${socket.address().port}`, close: () => void socket.close() }
}
