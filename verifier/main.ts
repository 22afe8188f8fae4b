/**
 * The stand-alone verifier: checks a proof without the product, a database or a network. Handed out as one file
 * (scripts/bundle-verifier.ts) that runs in an empty folder with nothing but Node.
 */
import { isUtf8 } from 'node:buffer'
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { linesOfArchive } from './archive-texts.ts'
import { isArchiveManifest } from './archives.ts'
import { checkArchive } from './check-archive.ts'
import { checkPack, textOf } from './check-pack.ts'
import { checkNote, checkProof } from './check-proof.ts'
import { isLeafFile } from './leaf-file.ts'
import { openPack, PackFault, type PackSource } from './pack-source.ts'
import { linesOfPack, sentenceOfPack } from './pack-texts.ts'
import { MANIFEST } from './packs.ts'
import { MOST_PROOF_BYTES, ProofFault, parseProof } from './proofs.ts'
import { readVerifierKey } from './signed-note.ts'
import { linesOf, linesOfNote, printable, saidOfUse, sentenceOfFailure, sentenceOfFile, USAGE } from './texts.ts'

const HOLDS = 0
const FAILS = 1
const MISUSED = 2
const UNCONFIRMED = 3
/** How a checkpoint begins: whose it is, and of how many events. */
const NOTE = /^\S+\r?\n\d+\r?\n/

process.exitCode = run(process.argv.slice(2))

function run(args: string[]): number {
  const asked = readArguments(args)
  if (typeof asked === 'string') return misused(asked)
  if (asked.isHelp) return say(HOLDS, USAGE)
  try {
    const found = statSync(asked.file)
    if (!found.isDirectory() && !found.isFile()) return misused(saidOfUse.noFile(asked.file))
    return isPack(asked.file) ? judgePack(asked.file, asked.keys) : judge(asked.file, asked.keys)
  } catch (error) {
    // No verdict: what the machine cannot read says nothing of what stands there.
    if (error instanceof Error && 'syscall' in error) return misused(saidOfUse.noFile(pathOf(error) ?? asked.file))
    return noVerdict(saidOfUse.notFinished(error instanceof Error ? error.message : String(error)))
  }
}

/** Of the file in a folder that could not be read, not of the folder. */
function pathOf(error: Error): string | undefined {
  return 'path' in error && typeof error.path === 'string' ? printable(error.path) : undefined
}

/** A folder, or what is named or begins like a zip. */
function isPack(path: string): boolean {
  if (statSync(path).isDirectory() || /\.zip$/i.test(path)) return true
  const [file, head] = [openSync(path, 'r'), Buffer.alloc(4)]
  try {
    return readSync(file, head, 0, 4, 0) === 4 && head.toString('latin1') === 'PK\u0003\u0004'
  } finally {
    closeSync(file)
  }
}

function judgePack(path: string, keys: string[]): number {
  try {
    const source = openPack(path)
    try {
      if (isArchive(source)) {
        const checked = checkArchive(source, keys)
        return say(checked.isKeyCertain ? HOLDS : UNCONFIRMED, linesOfArchive(checked).join('\n'))
      }
      const checked = checkPack(source, keys)
      return say(checked.isKeyCertain ? HOLDS : UNCONFIRMED, linesOfPack(checked).join('\n'))
    } finally {
      source.close()
    }
  } catch (error) {
    if (error instanceof PackFault) return say(FAILS, sentenceOfPack(error))
    throw error
  }
}

function isArchive(source: PackSource): boolean {
  return isArchiveManifest(textOf(source, MANIFEST))
}

function judge(path: string, keys: string[]): number {
  try {
    if (statSync(path).size > MOST_PROOF_BYTES) throw new ProofFault('too_large')
    const bytes = readFileSync(path)
    if (!isUtf8(bytes)) return say(FAILS, saidOfUse.noText)
    // Without the mark that some editors put before a text.
    const text = new TextDecoder().decode(bytes)
    if (isLeafFile(text)) return noVerdict(saidOfUse.leaves)
    if (NOTE.test(text)) return judgeNote(text.replaceAll('\r\n', '\n'), keys)
    const finding = checkProof(parseProof(text), keys)
    if (finding.kind === 'fault') return say(FAILS, sentenceOfFailure(finding.code))
    return say(finding.isKeyCertain ? HOLDS : UNCONFIRMED, linesOf(finding).join('\n'))
  } catch (error) {
    if (error instanceof ProofFault) return say(FAILS, sentenceOfFile(error))
    throw error
  }
}

function judgeNote(note: string, keys: string[]): number {
  if (keys.length === 0) return noVerdict(saidOfUse.noteWithoutKey)
  const opened = checkNote(note, keys)
  return 'kind' in opened ? say(FAILS, sentenceOfFailure(opened.code)) : say(HOLDS, linesOfNote(opened).join('\n'))
}

interface Asked {
  file: string
  keys: string[]
  isHelp: boolean
}

/** What is asked for, or the sentence that says why that is not clear. */
function readArguments(args: string[]): Asked | string {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { llave: { type: 'string', multiple: true }, ayuda: { type: 'boolean' } },
    })
    const keys = values.llave ?? []
    if (!keys.every(isKey)) return saidOfUse.noKey
    const isHelp = values.ayuda ?? false
    const [file] = positionals
    if (isHelp) return { file: '', keys, isHelp }
    return file === undefined || positionals.length > 1 ? saidOfUse.oneFile : { file, keys, isHelp }
  } catch {
    return saidOfUse.unknownOption
  }
}

function isKey(text: string): boolean {
  try {
    readVerifierKey(text)
    return true
  } catch {
    return false
  }
}

function misused(sentence: string): number {
  process.stderr.write(`${sentence}\n\n${USAGE}\n`)
  return MISUSED
}

function noVerdict(sentence: string): number {
  process.stderr.write(`${sentence}\n`)
  return MISUSED
}

function say(code: number, text: string): number {
  process.stdout.write(`${text}\n`)
  return code
}
