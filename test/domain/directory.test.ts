import { expect, it } from 'vitest'
import { directoryEntity } from '../../domain/directory.ts'

const marta = { divipola: '47001', nit: '891780009-4' }
const cali = { divipola: '76001', nit: '890399011-3' }
const water = { divipola: '76001', nit: '890399003-4' }

it('a directory belongs to the entity it names, or to the only one', () => {
  expect(directoryEntity([marta], undefined)).toBe(marta)
  expect(directoryEntity([marta, cali], '76001')).toBe(cali)
  expect(['891780009-4', '891780009', '891.780.009-4'].map((nit) => directoryEntity([marta, cali], nit))).toEqual(
    Array(3).fill(marta),
  )
})

it('it belongs to none where several are meant, or the one it names is not there', () => {
  expect(directoryEntity([marta, cali], undefined)).toBeUndefined()
  expect(directoryEntity([marta, cali, water], '76001')).toBeUndefined()
  expect(directoryEntity([marta], '76001')).toBeUndefined()
  expect(directoryEntity([], undefined)).toBeUndefined()
})
