import { Transform } from 'node:stream'

const status = 3
const closeFrame = Buffer.from([0x88, 2, 0x03, 0xe8])

export type Cut = {
  /** 1 is stdout, 2 is stderr. */
  channel: 1 | 2
  /** So many bytes of it still arrive. */
  bytes: number
  /** Whether the call ends there, whatever the command in the pod does; else all that is of other channels goes on. */
  isEnd: boolean
}

/**
 * What an API server may do to an exec (kubernetes/kubernetes#124571): the rest of a stream is lost, and the call a success. Takes
 * what the API server sends after the upgrade: frames of a WebSocket, whole and without masks.
 */
export function cutExec({ channel, bytes, isEnd }: Cut): Transform {
  let kept: Buffer = Buffer.alloc(0)
  let left = bytes
  let isOver = false

  function pass(frame: Buffer, payload: Buffer, into: Transform): void {
    if ((frame[0]! & 0x0f) !== 2 || payload[0] !== channel) return void into.push(frame)
    const content = payload.subarray(1)
    const heard = content.subarray(0, left)
    left -= heard.length
    if (heard.length > 0) into.push(frameOf(channel, heard))
    if (heard.length === content.length || !isEnd) return
    isOver = true
    into.push(frameOf(status, Buffer.from('{"status":"Success"}')))
    into.push(closeFrame)
    into.push(null)
  }

  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      kept = Buffer.concat([kept, chunk])
      for (let frame = firstFrame(kept); frame !== undefined && !isOver; frame = firstFrame(kept)) {
        kept = kept.subarray(frame.end)
        pass(frame.whole, frame.payload, this)
      }
      done()
    },
  })
}

function firstFrame(bytes: Buffer): { whole: Buffer; payload: Buffer; end: number } | undefined {
  if (bytes.length < 2) return undefined
  const short = bytes[1]! & 0x7f
  const head = short === 127 ? 10 : short === 126 ? 4 : 2
  if (bytes.length < head) return undefined
  const length = short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short
  const end = head + length
  if (bytes.length < end) return undefined
  return { whole: bytes.subarray(0, end), payload: bytes.subarray(head, end), end }
}

function frameOf(channel: number, content: Buffer): Buffer {
  const length = content.length + 1
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10)
  head[0] = 0x82
  if (head.length === 2) head[1] = length
  else if (head.length === 4) {
    head[1] = 126
    head.writeUInt16BE(length, 2)
  } else {
    head[1] = 127
    head.writeBigUInt64BE(BigInt(length), 2)
  }
  return Buffer.concat([head, Buffer.from([channel]), content])
}
