import { createHash } from 'node:crypto'
import { MaxFileSizeExceededError, MaxTotalSizeExceededError, parseFormData } from '@remix-run/form-data-parser'

const MAX_BYTES = 50_000_000

export interface HashForm {
  /** SHA-256 of the uploaded file; null when none was chosen. */
  fileHash: string | null
  typed: string
  tooLarge: boolean
}

/** Reads the form of the verification page; the file is hashed as it arrives and never kept. */
export async function readHashForm(request: Request): Promise<HashForm> {
  let fileHash: string | null = null
  try {
    const limits = { maxFiles: 1, maxFileSize: MAX_BYTES, maxTotalSize: MAX_BYTES + 100_000 }
    const form = await parseFormData(request, limits, async (upload) => {
      if (upload.fieldName !== 'archivo' || upload.size === 0) return undefined
      fileHash = createHash('sha256')
        .update(await upload.bytes())
        .digest('hex')
      return undefined
    })
    return {
      fileHash,
      typed: String(form.get('huella') ?? '')
        .trim()
        .toLowerCase(),
      tooLarge: false,
    }
  } catch (failure) {
    if (failure instanceof MaxFileSizeExceededError || failure instanceof MaxTotalSizeExceededError) {
      return { fileHash: null, typed: '', tooLarge: true }
    }
    throw failure
  }
}
