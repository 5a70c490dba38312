/** A state, a side: a word, a colour, and its meaning on hover. Never the colour alone. */
import { Tag, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client.ts'

export type DeliveryState = Schemas['Delivery']['state']
export type Side = Schemas['DeliveryProblem']['side']

const colours: Readonly<Record<DeliveryState, string>> = {
  waiting: 'blue',
  sending: 'processing',
  unknown: 'orange',
  held: 'purple',
  dead: 'red',
  delivered: 'green',
  superseded: 'default',
  discarded: 'default',
}

export function StateTag({ state }: { readonly state: DeliveryState }) {
  const { t } = useTranslation()
  return (
    <Tooltip title={t(`parts.stateHelp.${state}`)}>
      <Tag color={colours[state]}>{t(`parts.state.${state}`)}</Tag>
    </Tooltip>
  )
}

export function SideTag({ side }: { readonly side: Side }) {
  const { t } = useTranslation()
  return <Tag>{t(`parts.side.${side}`)}</Tag>
}
