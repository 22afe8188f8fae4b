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

export function findMunicipality(code: string): Municipality | undefined {
  return MUNICIPALITIES.find((municipality) => municipality.code === code)
}
