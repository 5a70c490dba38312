/** Pauses a system or a job, until somebody resumes it or a time that is given. */
import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useChange } from '../api/change.ts'
import { inVietnam } from './in-vietnam.ts'
import { ReasonButton } from './reason-button.tsx'

interface PauseButtonProps {
  readonly label: string
  /** What it means, in a sentence. */
  readonly explains: string
  readonly path: string
  readonly place: Readonly<Record<string, string>>
}

export function PauseButton({ label, explains, path, place }: PauseButtonProps) {
  const { t } = useTranslation()
  const change = useChange()
  return (
    <ReasonButton<{ readonly resumeAt?: string }>
      label={label}
      explains={explains}
      act={({ resumeAt, reason }) =>
        change(path, {
          path: place,
          body: { reason, ...(resumeAt && { resumeAt: inVietnam(resumeAt) }) },
        })
      }
    >
      <Form.Item name="resumeAt" label={t('systems.pause.resumeAt')}>
        <Input type="datetime-local" style={{ width: 220 }} />
      </Form.Item>
    </ReasonButton>
  )
}
