/** G20: damaged files, thousands of them, in a process that must outlive them all. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Said } from '../support/corpus.ts'

const PROCESS = fileURLToPath(new URL('../support/corpus-process.ts', import.meta.url))
const MAX_MEGABYTES = 512
/** A process judges so many; the next one begins where it ended. */
const BATCH = 1_000

export interface CorpusFindings {
  files: number
  accepted: number
  codes: Record<string, number>
  slowestMilliseconds: number
  peakMegabytes: number
}

/** Files `from` to `from + runs` of a seed. Throws at the first that ends the process or gets no sentence. */
export async function proveCorpus(runs: number, seed: number, from = 0): Promise<CorpusFindings> {
  const findings: CorpusFindings = { files: 0, accepted: 0, codes: {}, slowestMilliseconds: 0, peakMegabytes: 0 }
  for (let at = from; at < from + runs; at += BATCH)
    await judgeBatch(findings, seed, at, Math.min(from + runs, at + BATCH))
  if (findings.peakMegabytes > MAX_MEGABYTES) throw new Error(`the reader took ${findings.peakMegabytes} MB`)
  return findings
}

type Told = { n: number; said: Said } | { peakMegabytes: number }

function judgeBatch(findings: CorpusFindings, seed: number, from: number, to: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let next = from
    const child = fork(PROCESS, [seed, from, to].map(String))
    child.on('message', (told: Told) => {
      if ('peakMegabytes' in told) {
        findings.peakMegabytes = Math.max(findings.peakMegabytes, told.peakMegabytes)
        return
      }
      next = told.n + 1
      const wrong = note(findings, told.said)
      if (wrong) reject(new Error(`file ${told.n}: ${wrong}`))
    })
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0 && next === to) resolve()
      else reject(new Error(`file ${next} ended the process; again with --seed ${seed} --from ${next} --runs 1`))
    })
  })
}

function note(findings: CorpusFindings, { kind, code, sentence, milliseconds }: Said): string | undefined {
  findings.files += 1
  findings.slowestMilliseconds = Math.max(findings.slowestMilliseconds, milliseconds)
  const key = code === 'accepted' ? code : `${kind}: ${code}`
  findings.codes[key] = (findings.codes[key] ?? 0) + 1
  if (code === 'accepted') findings.accepted += 1
  return code !== 'accepted' && !/^[A-ZÁÉÍÓÚ].{20,}\.$/s.test(sentence) ? `${code} says «${sentence}»` : undefined
}
