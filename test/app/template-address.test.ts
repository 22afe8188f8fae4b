import { expect, it } from 'vitest'
import type { AppContext } from '../../app/context.server.ts'
import { queryOf } from '../../app/pages/templates.server.ts'
import { receiveShield } from '../../app/shields.server.ts'
import { DEFAULT_LOOK, lookFields, templateContentInput } from '../../domain/report-look.ts'

it('the address of a sample says all that is on the form, a line left empty too', () => {
  const look = lookFields({ ...DEFAULT_LOOK, footer: 'Calle 14 # 2-49 & «sur»', cover: true })
  const query = queryOf({ ...look, name: 'Oficial', shield: 'none', readabilityTarget: '55', intent: 'ver' })
  const typed = Object.fromEntries(new URLSearchParams(query))
  expect(typed).toEqual({ ...look, name: 'Oficial', shield: 'none', readabilityTarget: '55' })
  expect(templateContentInput.safeParse(typed)).toMatchObject({ success: true, data: { header: '', cover: true } })
})

it('a picture that is too big leaves all that is typed beside it, and the picture taken before', async () => {
  const context = { config: { DATA_DIR: 'unused' } } as AppContext
  const typed = { name: 'Oficial', image: 'boleto', footer: 'Calle 14' }
  const body = new FormData()
  body.set('name', typed.name)
  body.set('image', typed.image)
  const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(3_000_000)])
  body.set('archivo', new File([png], 'escudo.png', { type: 'image/png' }))
  body.set('footer', typed.footer)
  const request = new Request('http://localhost:3000/', { method: 'POST', body })
  expect(await receiveShield(context, request)).toEqual({ typed, shield: { code: 'shield_too_big' } })
})
