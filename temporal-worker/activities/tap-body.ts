import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'

export type BodyTap = {
  interceptor: Dispatcher.DispatcherComposeInterceptor
  /** The body of the answer that `fetch` came to; undefined where it is left to `fetch`. */
  body(): Readable | undefined
}

/** Few large pieces: what is written to a file is then written in few calls. */
const bufferBytes = 1024 * 1024

/**
 * Leads the body of an answer past `fetch` as a stream of Node's: a web stream costs a download more than the network
 * and the file together. Redirects, refusals and what is encoded stay with `fetch`; `encoded` takes the latter as it is.
 */
export function tapBody({ encoded = false } = {}): BodyTap {
  let body: Readable | undefined
  return {
    body: () => body,
    interceptor: dispatch => (options, handler) => {
      let tapped: Readable | undefined
      return dispatch(options, {
        onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
        onRequestUpgrade: (controller, status, headers, socket) =>
          handler.onRequestUpgrade?.(controller, status, headers, socket),
        onResponseStart(controller, status, headers, message) {
          const { 'content-encoding': encoding, ...rest } = headers
          const isTapped = status >= 200 && status < 300 && (encoding === undefined || encoded)
          if (isTapped) tapped = readFrom(controller)
          body = tapped
          // Without a body, `fetch` has nothing to decode.
          handler.onResponseStart?.(controller, status, isTapped ? rest : headers, message)
        },
        onResponseData(controller, chunk) {
          if (tapped === undefined) handler.onResponseData?.(controller, chunk)
          else if (!tapped.push(chunk)) controller.pause()
        },
        onResponseEnd(controller, trailers) {
          tapped?.push(null)
          handler.onResponseEnd?.(controller, trailers)
        },
        onResponseError(controller, error) {
          tapped?.destroy(error)
          handler.onResponseError?.(controller, error)
        },
      })
    },
  }
}

function readFrom(controller: Dispatcher.DispatchController): Readable {
  const readable = new Readable({
    highWaterMark: bufferBytes,
    read: () => controller.resume(),
    destroy(error, done) {
      if (error !== null && !controller.aborted) controller.abort(error)
      done(error)
    },
  })
  // It may break off before anyone listens.
  readable.on('error', () => {})
  return readable
}
