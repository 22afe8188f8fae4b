/** A collector of somebody else, on this machine: takes batches as it is told to, and keeps what it took. */
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { ForwardedEvent } from '../../domain/forwarded-events.ts'
import { webServer } from './outside.ts'

export interface TakenBatch {
  headers: IncomingHttpHeaders
  body: string
  events: ForwardedEvent[]
}

export interface Receiver {
  url: string
  /** In the order they came; those it refused are not among them. */
  batches: TakenBatch[]
  /** How often it was asked, whatever it answered. */
  asked(): number
  /** Null: takes what comes with 204. */
  answering(how: ((response: ServerResponse) => void) | null): void
  /** Answers 413 to what has more events than these. */
  takingAtMost(events: number): void
  /** Sequences of every event it took, in the order it took them. */
  sequences(): number[]
  close(): Promise<void>
}

export async function openReceiver(): Promise<Receiver> {
  const batches: TakenBatch[] = []
  let how: ((response: ServerResponse) => void) | null = null
  let asked = 0
  let most = Number.POSITIVE_INFINITY
  const server = await webServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece) => pieces.push(piece))
    request.on('end', () => {
      asked += 1
      if (how) return how(response)
      const body = Buffer.concat(pieces).toString('utf8')
      const events: ForwardedEvent[] = JSON.parse(body)
      if (events.length > most) return response.writeHead(413).end()
      batches.push({ headers: request.headers, body, events })
      response.writeHead(204).end()
    })
  })
  return {
    url: `http://127.0.0.1:${server.port}/hechos`,
    batches,
    asked: () => asked,
    answering: (next) => {
      how = next
    },
    takingAtMost: (events) => {
      most = events
    },
    sequences: () => batches.flatMap(({ events }) => events.map(({ data }) => data.event?.sequence ?? 0)),
    close: server.close,
  }
}

/** 1, 2, … up to `last`. */
export const upTo = (last: number) => Array.from({ length: last }, (_, place) => place + 1)
