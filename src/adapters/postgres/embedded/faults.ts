import { HubError } from '../../../domain/errors.ts'

/** The embedded server cannot run here, and a person has to change something first. */
export const cannotRun = (vi: string, en: string, cause?: unknown): HubError =>
  new HubError('config-invalid', {
    detail: {
      vi: `PostgreSQL nhúng: ${vi} Cách khác: đặt HUB_DATABASE_URL trỏ tới PostgreSQL sẵn có.`,
      en: `Embedded PostgreSQL: ${en} Otherwise set HUB_DATABASE_URL to a PostgreSQL of your own.`,
    },
    cause,
  })

/** A file of the server that this user may not read. */
export const foreignData = (path: string, cause: unknown): HubError =>
  cannotRun(
    `không đọc được ${path}; dữ liệu thuộc người dùng khác.`,
    `${path} cannot be read; the data belong to another user.`,
    cause,
  )

/** The server should run here but did not come up; `lines` are the last of its log. */
export const didNotStart = (vi: string, en: string, lines: readonly string[] = []): HubError => {
  const log = lines.length > 0 ? `\n  ${lines.join('\n  ')}` : ''
  return new HubError('store-unavailable', {
    detail: { vi: `PostgreSQL nhúng: ${vi}${log}`, en: `Embedded PostgreSQL: ${en}${log}` },
    retryAfterSeconds: 5,
  })
}

export const errnoOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
