/** Identity document types (Función Pública / DANE practice). Codes are official and never translated. */
export interface DocumentType {
  code: string
  label: string
  person: 'natural' | 'juridica'
  /** Regular expression of the number without points or spaces; null when the type has no number or no known form. */
  pattern: string | null
}

export const DOCUMENT_TYPES: readonly DocumentType[] = [
  { code: 'RC', label: 'Registro civil', person: 'natural', pattern: '^[A-Z0-9]{8,11}$' },
  { code: 'TI', label: 'Tarjeta de identidad', person: 'natural', pattern: '^\\d{10,11}$' },
  { code: 'CC', label: 'Cédula de ciudadanía', person: 'natural', pattern: '^\\d{3,10}$' },
  { code: 'CE', label: 'Cédula de extranjería', person: 'natural', pattern: '^[A-Z0-9]{6,7}$' },
  { code: 'PA', label: 'Pasaporte', person: 'natural', pattern: '^[A-Z0-9]{5,16}$' },
  { code: 'PEP', label: 'Permiso especial de permanencia', person: 'natural', pattern: '^\\d{15}$' },
  { code: 'PPT', label: 'Permiso por protección temporal', person: 'natural', pattern: '^\\d{6,8}$' },
  { code: 'CD', label: 'Carné diplomático', person: 'natural', pattern: null },
  { code: 'SC', label: 'Salvoconducto', person: 'natural', pattern: null },
  { code: 'DE', label: 'Documento extranjero', person: 'natural', pattern: null },
  { code: 'CN', label: 'Certificado de nacido vivo', person: 'natural', pattern: null },
  { code: 'SI', label: 'Sin identificación / no informa', person: 'natural', pattern: null },
  { code: 'NIT', label: 'Número de identificación tributaria', person: 'juridica', pattern: '^\\d{9}-?\\d$' },
]
