/** DIVIPOLA (DANE) subset: municipality codes are 5-character strings, since leading zeros exist. */
export interface Municipality {
  code: string
  name: string
  departmentCode: string
  department: string
}

export const MUNICIPALITIES: readonly Municipality[] = [
  { code: '11001', name: 'Bogotá, D.C.', departmentCode: '11', department: 'Bogotá, D.C.' },
  { code: '20001', name: 'Valledupar', departmentCode: '20', department: 'Cesar' },
  { code: '47001', name: 'Santa Marta', departmentCode: '47', department: 'Magdalena' },
  { code: '76001', name: 'Santiago de Cali', departmentCode: '76', department: 'Valle del Cauca' },
]

/** Codes of the departments and of Bogotá, the first two digits of every municipality's. */
export const DEPARTMENT_CODES: readonly string[] = [
  ...['05', '08', '11', '13', '15', '17', '18', '19', '20', '23', '25', '27', '41', '44', '47', '50', '52', '54', '63'],
  ...['66', '68', '70', '73', '76', '81', '85', '86', '88', '91', '94', '95', '97', '99'],
]

export function findMunicipality(code: string): Municipality | undefined {
  return MUNICIPALITIES.find((municipality) => municipality.code === code)
}
