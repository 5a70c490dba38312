/** Where others leave a mark of what they do for the hub, so that it can tell when they have stopped. */
import { none, optional, setting } from './setting.ts'
import { file } from './setting-forms.ts'

export interface MarkSettings {
  /** Undefined: nobody has told. */
  readonly backupStamp: string | undefined
  readonly restoreDrillStamp: string | undefined
}

export const markSettings = {
  backupStamp: setting('HUB_BACKUP_STAMP', optional(file), none('không biết', 'not known'), [
    'Tệp mà việc sao lưu chạm vào (touch) mỗi khi xong; hub doctor báo khi đã quá 26 giờ.',
    'A file that the backup touches whenever it is done; hub doctor warns after 26 hours.',
  ]),
  restoreDrillStamp: setting(
    'HUB_RESTORE_DRILL_STAMP',
    optional(file),
    none('không biết', 'not known'),
    [
      'Tệp được chạm vào (touch) sau mỗi lần diễn tập phục hồi; hub doctor báo khi đã quá 100 ngày.',
      'A file that is touched after each drill of a restore; hub doctor warns after 100 days.',
    ],
  ),
}
