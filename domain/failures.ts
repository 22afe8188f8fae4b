/** What of an error may be written down: logs and workflow histories outlive the people whose data an error may quote. */

export interface RecordableFailure {
  /** Class of the error, for example `DatabaseError`. */
  type: string
  /** Without quoted text, addresses and numbers. */
  message: string
  /** Where it was thrown: frames only, because a stack begins with the message. */
  stack: string
  code?: string
  /** Names of the schema, never values. */
  table?: string
  column?: string
  constraint?: string
  cause?: RecordableFailure
}

const DEPTH = 3
const NAMES = ['code', 'table', 'column', 'constraint'] as const

/**
 * An error without what it may quote. PostgreSQL puts the row into `detail`, parsers put what was typed between
 * quotation marks, SMTP servers repeat addresses (promises §4.9, G26; Ley 1581 art. 4).
 */
export function recordableFailure(error: unknown, depth = DEPTH): RecordableFailure {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' }
  const facts = error as Error & Record<string, unknown>
  const named = NAMES.flatMap((name) => (typeof facts[name] === 'string' ? [[name, facts[name]] as const] : []))
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    type: error.name,
    message: withoutQuotes(error.message),
    stack: frames.join('\n'),
    ...Object.fromEntries(named),
    ...(error.cause !== undefined && depth > 1 && { cause: recordableFailure(error.cause, depth - 1) }),
  }
}

function withoutQuotes(message: string): string {
  return message
    .replaceAll(/"[^"]*"|'[^']*'|`[^`]*`|«[^»]*»|“[^”]*”/gs, '…')
    .replaceAll(/[^\s<>]+@[^\s<>]+/g, '…')
    .replaceAll(/\d{5,}/g, '…')
    .slice(0, 500)
}
