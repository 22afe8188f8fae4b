/** One line per component at the terminal, with the seconds it took. */
import { Explained } from './processes.ts'

// Whoever reads our lines may go away (`npm start | head`); the parts must still be stopped in order.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

const seconds = (start: number) => ((performance.now() - start) / 1000).toFixed(1).replace('.', ',')

export function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`)
}

/** Runs `work` and shows its name, what it notes about itself (an empty note takes back the last), and how long it took. */
export async function step<T>(name: string, work: (note: (sentence: string) => void) => Promise<T>): Promise<T> {
  const start = performance.now()
  const label = name.padEnd(22, ' ')
  let detail = ''
  const note = (sentence: string) => {
    detail = sentence
    if (!sentence) return
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K  ${label} ${sentence} (${seconds(start)} s)`)
    else if (performance.now() - start > 5_000) say(`  ${label} ${sentence} (${seconds(start)} s)`)
  }
  if (process.stdout.isTTY) process.stdout.write(`  ${label} …`)
  try {
    const result = await work(note)
    say(
      `${process.stdout.isTTY ? '\r\x1b[K' : ''}  ${label} listo en ${seconds(start)} s${detail ? `: ${detail}` : ''}`,
    )
    return result
  } catch (error) {
    say(`${process.stdout.isTTY ? '\r\x1b[K' : ''}  ${label} falló a los ${seconds(start)} s`)
    throw error
  }
}

/** One sentence where the fault is known, the trace where it is not. */
export function explain(error: unknown): void {
  const isKnown = error instanceof Explained || (error instanceof Error && error.name === 'ConfigError')
  process.stderr.write(`\n${isKnown ? (error as Error).message : ((error as Error).stack ?? error)}\n`)
}

/** Explains and ends the process. */
export function fail(error: unknown): never {
  explain(error)
  process.exit(1)
}
