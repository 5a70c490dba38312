/** A small row of bars: how often something happened, day by day. Said in words as well. */
import { theme } from 'antd'

export interface TrendBar {
  readonly key: string
  readonly count: number
  readonly title: string
}

interface TrendProps {
  readonly bars: readonly TrendBar[]
  readonly label: string
  readonly height?: number
}

const barPx = 14
const gapPx = 4

export function Trend({ bars, label, height = 64 }: TrendProps) {
  const { token } = theme.useToken()
  const most = Math.max(1, ...bars.map(({ count }) => count))
  const width = bars.length * (barPx + gapPx)
  return (
    <svg
      role="img"
      aria-label={`${label}: ${bars.map(({ title }) => title).join('; ')}`}
      viewBox={`0 0 ${width} ${height}`}
      style={{ width: '100%', maxWidth: width * 1.6, height }}
      preserveAspectRatio="none"
    >
      <title>{label}</title>
      {bars.map(({ key, count, title }, index) => {
        const tall = count === 0 ? 2 : Math.max(4, (count / most) * (height - 4))
        return (
          <rect
            key={key}
            x={index * (barPx + gapPx)}
            y={height - tall}
            width={barPx}
            height={tall}
            rx={2}
            fill={count === 0 ? token.colorFillSecondary : token.colorPrimary}
          >
            <title>{title}</title>
          </rect>
        )
      })}
    </svg>
  )
}
