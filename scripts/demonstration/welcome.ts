/** What stands at the terminal once everything is up: the address and, in the demonstration, who can sign in. */
import { DEMO_ENTITIES, DEMO_PASSWORD } from '../../catalog/demo-users.ts'
import type { StartConfig } from '../../domain/config.ts'
import { say } from '../progress.ts'

export function printWelcome(config: StartConfig, seconds: number): void {
  say(`\nSistema listo en ${seconds.toFixed(1).replace('.', ',')} s: ${config.PUBLIC_URL}`)
  if (config.INSTALLATION === 'demo') printUsers()
  say('\nCtrl-C detiene todo en orden; los datos se conservan.')
}

function printUsers(): void {
  say(`\nUsuarios de demostración (contraseña de todos: ${DEMO_PASSWORD})`)
  const width = Math.max(...DEMO_ENTITIES.flatMap((entity) => entity.users.map((user) => user.email.length)))
  for (const entity of DEMO_ENTITIES) {
    say(`  ${entity.name}`)
    const first = entity.users.filter(({ duty }, i, all) => all.findIndex((one) => one.duty === duty) === i)
    for (const user of first) say(`    ${user.email.padEnd(width)}  ${user.position}`)
    const others = entity.users.length - first.length
    if (others > 0) say(`    y otras ${others} de sus organismos y puntos de atención, en la página de ingreso`)
  }
}
