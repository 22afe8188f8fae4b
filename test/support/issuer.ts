/** A directory of OpenID Connect for tests: a small HTTP server whose people, keys and faults the test decides. */
import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { appNow } from '../../db/clock.ts'

export const CLIENT = { id: 'caracteriza', secret: 'secreto-del-directorio' }

interface Asked {
  nonce: string
  challenge: string
  redirectUri: string
  prompt: string | null
  maxAge: string | null
}

export interface Issuer {
  url: string
  /** Who signs in there next: claims of the ID token. */
  person: JWTPayload
  /** What the next ID token says instead of the truth. */
  lie: JWTPayload
  /** Signs with a key that the directory does not publish. */
  forges: boolean
  /** Answers nothing but errors. */
  isAway: boolean
  /** What authorization requests asked for, the last one last. */
  asked: Asked[]
  close: () => Promise<void>
}

const seconds = () => Math.floor(appNow().getTime() / 1000)

export async function openIssuer(): Promise<Issuer> {
  const [own, foreign] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')])
  const published = { keys: [{ ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] }
  const codes = new Map<string, Asked>()
  const server = createServer((request, response) => void answer(request, response))

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer.url)
    if (issuer.isAway) return send(response, 503, {})
    if (pathname === '/.well-known/openid-configuration') return send(response, 200, metadata())
    if (pathname === '/keys') return send(response, 200, published)
    if (pathname === '/authorize') return authorize(response, searchParams)
    if (pathname === '/token') return await token(request, response)
    send(response, 404, {})
  }

  const metadata = () => ({
    ...{ issuer: issuer.url, authorization_endpoint: `${issuer.url}/authorize`, token_endpoint: `${issuer.url}/token` },
    ...{ jwks_uri: `${issuer.url}/keys`, id_token_signing_alg_values_supported: ['RS256'] },
  })

  function authorize(response: ServerResponse, search: URLSearchParams): void {
    const take = (name: string) => search.get(name) ?? ''
    const isRight = take('client_id') === CLIENT.id && take('response_type') === 'code'
    if (!isRight || take('code_challenge_method') !== 'S256') {
      send(response, 400, {})
      return
    }
    const code = randomUUID()
    const asked = {
      ...{ nonce: take('nonce'), challenge: take('code_challenge'), redirectUri: take('redirect_uri') },
      ...{ prompt: search.get('prompt'), maxAge: search.get('max_age') },
    }
    codes.set(code, asked)
    issuer.asked.push(asked)
    const back = new URL(asked.redirectUri)
    for (const [name, value] of Object.entries({ code, state: take('state'), iss: issuer.url }))
      back.searchParams.set(name, value)
    response.writeHead(302, { location: back.href }).end()
  }

  /** Takes a code once, from its client and from whoever knows the verifier (RFC 7636). */
  async function token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const form = new URLSearchParams(Buffer.concat(chunks).toString())
    const asked = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const basic = `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')}`
    const verified = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (request.headers.authorization !== basic || verified !== asked?.challenge) return send(response, 400, {})
    const payload: JWTPayload = {
      ...{ iss: issuer.url, aud: CLIENT.id, iat: seconds(), exp: seconds() + 300, auth_time: seconds() },
      ...{ nonce: asked.nonce, ...issuer.person, ...issuer.lie },
    }
    const key = issuer.forges ? foreign.privateKey : own.privateKey
    const signed = await new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(key)
    send(response, 200, { id_token: signed, access_token: 'x', token_type: 'Bearer' })
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const issuer: Issuer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ person: {}, lie: {}, forges: false, isAway: false, asked: [] },
    close: () => new Promise((done) => server.close(() => done())),
  }
  return issuer
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
