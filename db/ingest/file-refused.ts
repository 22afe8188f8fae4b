import type { FileRefusal, FileRefusalCode } from '../../domain/sources.ts'

/** Thrown while a file is read; callers hand `refusal` on to the person. */
export class FileRefused extends Error {
  readonly refusal: FileRefusal
  constructor(code: FileRefusalCode, where: Omit<FileRefusal, 'code'> = {}) {
    super(code)
    this.refusal = { code, ...where }
  }
}
