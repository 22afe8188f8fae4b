/** The configuration of every process: one schema over environment variables, every fault named at once. */
import { z } from 'zod'
import { isDirectoryAddress, isEntityNumber } from './directory.ts'

const isUrl = (protocols: string[]) => (value: string) => {
  const url = URL.canParse(value) ? new URL(value) : undefined
  return url !== undefined && protocols.includes(url.protocol)
}

const shape = {
  PORT: z.coerce
    .number('escriba un número de puerto')
    .int('escriba un número entero')
    .min(1, 'mínimo 1')
    .max(65535, 'máximo 65535')
    .default(3000),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z
    .string('falta la dirección de la base de datos, por ejemplo postgres://dueno:clave@servidor:5432/caracteriza')
    .refine(
      isUrl(['postgres:', 'postgresql:']),
      'debe empezar por postgres:// y nombrar usuario, servidor y base de datos',
    ),
  TEMPORAL_ADDRESS: z
    .string('falta la dirección de Temporal, por ejemplo 127.0.0.1:7233')
    .regex(/^[^\s:/]+:\d{1,5}$/, 'debe ser servidor:puerto, por ejemplo 127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z
    .string()
    .regex(/^[A-Za-z0-9._-]+$/, 'use letras, números, punto y guion')
    .default('caracteriza'),
  SMTP_URL: z
    .string()
    .refine(isUrl(['smtp:', 'smtps:']), 'debe empezar por smtp:// o smtps://')
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(/@/, 'debe contener una dirección de correo')
    .default('Caracteriza <no-responder@localhost>'),
  PUBLIC_URL: z
    .string()
    .refine(isUrl(['http:', 'https:']), 'debe empezar por http:// o https://')
    .optional(),
  WEB_URL: z
    .string()
    .refine(isUrl(['http:', 'https:']), 'debe empezar por http:// o https://')
    .optional(),
  APP_SECRET: z.string('falta el secreto de la instalación').min(32, 'debe tener al menos 32 caracteres'),
  INSTALLATION: z.enum(['demo', 'production'], 'debe ser demo o production').default('demo'),
  NODE_ENV: z
    .enum(['development', 'production', 'test'], 'debe ser development, production o test')
    .default('production'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'debe ser fatal, error, warn, info, debug o silent')
    .default('info'),
  CONNECTION_HOSTS: z
    .string()
    .regex(
      /^[^\s,/]+(\s*,\s*[^\s,/]+)*$/,
      'escriba servidores separados por coma, cada uno con su puerto si hace falta',
    )
    .default(''),
  CAPTURE_NETWORKS: z
    .string()
    .regex(
      /^\s*(remi|vpn)=[0-9a-fA-F.:]+\/\d{1,3}(\s*,\s*(remi|vpn)=[0-9a-fA-F.:]+\/\d{1,3})*\s*$/,
      'escriba rangos separados por coma, por ejemplo remi=10.20.0.0/16,vpn=10.8.0.0/24',
    )
    .default(''),
  OIDC_ISSUER: z
    .string()
    .refine(isDirectoryAddress, 'debe empezar por https://; http:// solo se acepta en esta misma máquina')
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_ENTITY: z
    .string()
    .refine(isEntityNumber, 'escriba el código DIVIPOLA (cinco cifras) o el NIT de la entidad, por ejemplo 47001')
    .optional(),
  UPLOAD_SILENCE_SECONDS: z.coerce
    .number('escriba un número de segundos')
    .int('escriba segundos enteros')
    .min(1, 'mínimo 1')
    .max(3600, 'máximo 3600')
    .default(600),
  METRICS_TOKEN: z.string().min(16, 'debe tener al menos 16 caracteres').optional(),
  TEST_CLOCK: z.coerce
    .number('escriba los milisegundos que se suman al reloj')
    .int('escriba milisegundos enteros')
    .optional(),
  TEST_FAULT: z
    .string()
    .regex(/^([a-z:-]+=(kill|stop)|@.+)$/, 'debe ser PUNTO=kill, PUNTO=stop o @ARCHIVO')
    .optional(),
}

const complete = z.object(shape)
/** `npm start` fills in what is embedded, so there those three may be absent. */
const beforeStart = complete.partial({ DATABASE_URL: true, TEMPORAL_ADDRESS: true, APP_SECRET: true })

type Completed<T extends { PORT: number; PUBLIC_URL?: string }> = Omit<T, 'PUBLIC_URL'> & { PUBLIC_URL: string }
export type Config = Completed<z.output<typeof complete>>
export type StartConfig = Completed<z.output<typeof beforeStart>>

/** Names of every variable, in the order of `.env.example`. */
export const CONFIG_VARIABLES = Object.keys(shape) as (keyof Config)[]

/** Thrown with one Spanish sentence per wrong variable; never repeats a value, because some are secrets. */
export class ConfigError extends Error {
  readonly faults: { variable: string; reason: string }[]

  constructor(faults: { variable: string; reason: string }[]) {
    const lines = faults.map((fault) => `  ${fault.variable}: ${fault.reason}`)
    super(
      `La configuración tiene ${faults.length === 1 ? 'un error' : `${faults.length} errores`}:\n${lines.join('\n')}`,
    )
    this.name = 'ConfigError'
    this.faults = faults
  }
}

/** Configuration of worker, web and migration. Throws `ConfigError` listing every missing or wrong variable. */
export function parseConfig(env: Record<string, string | undefined>): Config {
  return parse(complete, env)
}

/** Configuration of `npm start`, before database, Temporal and secret are known. Throws as `parseConfig`. */
export function parseStartConfig(env: Record<string, string | undefined>): StartConfig {
  return parse(beforeStart, env)
}

const DIRECTORY_VARIABLES = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']

function parse<T extends { PORT: number; INSTALLATION: string; PUBLIC_URL?: string; TEST_CLOCK?: number }>(
  schema: z.ZodType<T>,
  env: Record<string, string | undefined>,
): Completed<T> {
  // An empty value, as `VAR=` in a file of variables, means the same as none.
  const given = Object.fromEntries(Object.entries(env).filter(([name, value]) => name in shape && value?.trim()))
  const result = schema.safeParse(given)
  const faults = (result.error?.issues ?? []).map((issue) => ({
    variable: String(issue.path[0]),
    reason: issue.message,
  }))
  if (given.INSTALLATION === 'production' && given.TEST_CLOCK !== undefined) {
    faults.push({ variable: 'TEST_CLOCK', reason: 'solo existe para pruebas; quítela cuando INSTALLATION=production' })
  }
  if (given.INSTALLATION === 'production' && given.TEST_FAULT !== undefined) {
    faults.push({ variable: 'TEST_FAULT', reason: 'solo existe para pruebas; quítela cuando INSTALLATION=production' })
  }
  const missing = DIRECTORY_VARIABLES.filter((name) => !(name in given))
  if (missing.length < DIRECTORY_VARIABLES.length || 'OIDC_ENTITY' in given)
    for (const variable of missing)
      faults.push({ variable, reason: 'falta: el directorio necesita las tres variables' })
  if (!result.success || faults.length > 0) throw new ConfigError(faults)
  return { ...result.data, PUBLIC_URL: result.data.PUBLIC_URL ?? `http://localhost:${result.data.PORT}` }
}
