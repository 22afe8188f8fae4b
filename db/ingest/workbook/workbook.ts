/** An XLSX file: its sheets, and the rows of one of them as records (promises.md §4.8). */
import { join } from 'node:path'
import { newId } from '../../ids.ts'
import { FileRefused } from '../file-refused.ts'
import { readParts } from './parts.ts'
import { readSheet, type SheetOptions, type SheetRecord } from './sheet.ts'
import { readStrings, SharedStrings, type TextOptions } from './strings.ts'
import { openPackage } from './zip.ts'

export interface OpenWorkbook {
  sheets: string[]
  /** Hands over the rows of a sheet that hold something; answers the rows the sheet says it has. */
  rows(sheet: string, onRow: (row: SheetRecord) => void, options?: SheetOptions): Promise<number>
  /** Before the rows of any sheet: all shared texts, or those up to number `last`. */
  readTexts(options?: TextOptions): Promise<void>
  close(): void
}

/** `work` is a folder of the caller's, who removes it. Throws `FileRefused` when it is no workbook we can read. */
export async function openWorkbook(file: string, work: string): Promise<OpenWorkbook> {
  const zip = await openPackage(file)
  const strings = new SharedStrings(join(work, `texts-${newId()}`))
  const close = () => {
    strings.close()
    zip.close()
  }
  try {
    const parts = await readParts(zip)
    const context = { formats: parts.formats, days1904: parts.days1904, strings }
    return {
      sheets: parts.sheets.map((sheet) => sheet.name),
      async rows(name, onRow, options) {
        const sheet = parts.sheets.find((one) => one.name === name)
        if (!sheet) throw new FileRefused('no_sheet')
        return await readSheet(await zip.open(sheet.part), { ...context, ...options?.context }, onRow, options)
      },
      async readTexts(options) {
        if (parts.strings) await readStrings(await zip.open(parts.strings), strings, options)
      },
      close,
    }
  } catch (error) {
    close()
    throw error
  }
}
