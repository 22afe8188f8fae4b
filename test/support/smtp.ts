/** A real SMTP server that keeps what it is given and answers as a test wants. */
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface Letter {
  to: string
  subject: string
  text: string
  messageId: string
  /** Headers, every form of the text and what is attached, decoded; without whom it was sent to. */
  whole: string
}

/** What the server does once it has the whole message. */
export type SmtpAnswer = 'accepts' | 'refuses' | 'hangs up'

export interface TestSmtp {
  url: string
  /** Accepted, or had whole when it hung up; in order of arrival. */
  received: Letter[]
  answer: SmtpAnswer
  close(): Promise<void>
}

export async function openSmtp(): Promise<TestSmtp> {
  const smtp: TestSmtp = { url: '', received: [], answer: 'accepts', close: async () => {} }
  const onData: SMTPServerOptions['onData'] = (stream, session, done) => {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', async () => {
      if (smtp.answer === 'refuses') return done(Object.assign(new Error('no'), { responseCode: 451 }))
      const mail = await PostalMime.parse(Buffer.concat(chunks), { attachmentEncoding: 'utf8' })
      const { subject = '', text = '', messageId = '' } = mail
      const to = session.envelope.rcptTo.map(({ address }) => address).join()
      smtp.received.push({ to, subject, text, messageId, whole: withoutRecipient(mail) })
      if (smtp.answer === 'accepts') return done()
      for (const connection of server.connections) (connection as { _socket: { destroy(): void } })._socket.destroy()
    })
  }
  const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], onData })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  smtp.url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  smtp.close = () => new Promise<void>((resolve) => server.close(resolve))
  return smtp
}

const withoutRecipient = ({ to: _, headers, headerLines: _lines, ...mail }: Email) =>
  JSON.stringify({ ...mail, headers: headers.filter(({ key }) => key !== 'to') })
